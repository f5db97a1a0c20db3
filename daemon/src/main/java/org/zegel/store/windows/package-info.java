/**
 * Windows' own certificate stores and the keys behind them: CNG, CryptoAPI and smartcard minidrivers. The system's
 * functions stand in {@code Libraries} as they are, so that all else runs anywhere. No key leaves its store, and no PIN
 * passes through here: Windows asks for it.
 */
@NullMarked
package org.zegel.store.windows;

import org.jspecify.annotations.NullMarked;
