/**
 * Zegel's home, the person's configuration and the managed policy that wins over it.
 */
@NullMarked
package org.zegel.app.config;

import org.jspecify.annotations.NullMarked;
