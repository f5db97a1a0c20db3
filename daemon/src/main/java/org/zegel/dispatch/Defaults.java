package org.zegel.dispatch;

import org.jspecify.annotations.Nullable;
import org.zegel.model.ContentCipher;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.operation.SignatureForm;
import org.zegel.operation.encrypt.EncryptMessage;

/**
 * What is meant where a call does not say: the person's configuration, or the organisation's.
 *
 * @param cipher null chooses by what the recipients read
 * @param headers what an encrypted message hides of its header
 * @param oaep RSAES-OAEP instead of PKCS#1 v1.5
 */
public record Defaults(
        SignatureForm form, @Nullable ContentCipher cipher, boolean oaep, EncryptMessage.Headers headers) {
    /** When nothing is configured. */
    public static final Defaults NONE =
            new Defaults(SignatureForm.DEFAULT, null, false, new EncryptMessage.Headers(HeaderPolicy.BASELINE, true));

    SignatureForm form(@Nullable String mode, @Nullable String digest, @Nullable String scheme) throws Failure {
        SignatureForm said = Choices.form(mode, digest, scheme);
        return new SignatureForm(
                mode == null ? form.opaque() : said.opaque(),
                digest == null ? form.digest() : said.digest(),
                said.pss());
    }

    @Nullable
    ContentCipher cipher(@Nullable String word) throws Failure {
        return word == null ? cipher : Choices.cipher(word);
    }

    EncryptMessage.Headers headers(@Nullable String word, @Nullable Boolean legacyDisplay) throws Failure {
        return new EncryptMessage.Headers(
                word == null ? headers.policy() : Choices.headers(word),
                legacyDisplay == null ? headers.legacyDisplay() : legacyDisplay);
    }

    boolean oaep(@Nullable String word) throws Failure {
        return word == null ? oaep : Choices.oaep(word);
    }
}
