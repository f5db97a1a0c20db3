/**
 * Finds PKCS#11 modules: by p11-kit's configuration, at well-known paths, and those that were named; says of each whether it
 * may be loaded. Loads none.
 */
@NullMarked
package org.zegel.store.pkcs11.modules;

import org.jspecify.annotations.NullMarked;
