/** The one main class, which nothing else knows; what it starts lives in the packages below. */
@NullMarked
package org.zegel.app;

import org.jspecify.annotations.NullMarked;
