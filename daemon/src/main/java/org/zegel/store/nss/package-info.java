/**
 * Certificates and keys in the profiles of Thunderbird, Firefox and Chromium: finding them, and opening them read-only
 * through NSS, all in one helper process. Nothing is ever written into a profile.
 */
@NullMarked
package org.zegel.store.nss;

import org.jspecify.annotations.NullMarked;
