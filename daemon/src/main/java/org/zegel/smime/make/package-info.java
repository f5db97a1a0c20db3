/**
 * Makes S/MIME: signs and encrypts messages (RFC 8551) and bare CMS (RFC 5652), and reads who a message is for. Keys
 * come bound to a consent; recipients and ciphers are chosen by the caller.
 */
@NullMarked
package org.zegel.smime.make;

import org.jspecify.annotations.NullMarked;
