/** The process that a PKCS#11 module runs in, and how it is started. */
@NullMarked
package org.zegel.app.helper;

import org.jspecify.annotations.NullMarked;
