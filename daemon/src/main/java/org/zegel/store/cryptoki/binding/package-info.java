/**
 * One PKCS#11 module called through JNA, in this process. Used by the helper process alone: whatever the module does to the
 * process, it does to the helper.
 */
@NullMarked
package org.zegel.store.cryptoki.binding;

import org.jspecify.annotations.NullMarked;
