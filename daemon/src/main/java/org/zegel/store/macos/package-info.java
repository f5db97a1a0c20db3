/**
 * The person's keychains and the smartcards that macOS itself knows (CryptoTokenKit), through Security.framework. Keys
 * stay there; PIN and password are asked for by the system. Nothing here loads a library before it is first used.
 */
@NullMarked
package org.zegel.store.macos;

import org.jspecify.annotations.NullMarked;
