/** Tests of decryption's own parts; whole messages are in {@code org.zegel.smime.open}. */
package org.zegel.smime.decrypt;
