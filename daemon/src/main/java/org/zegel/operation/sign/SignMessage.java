package org.zegel.operation.sign;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.operation.Call;
import org.zegel.operation.MessageSigning;
import org.zegel.operation.SignatureForm;
import org.zegel.smime.HeaderProtection;
import org.zegel.smime.MessageEnvelope;
import org.zegel.smime.make.MessageEnvelopeReader;

/** Signs a message (RFC 8551 section 3.5). */
public final class SignMessage {
    private final MessageSigning signing;

    public SignMessage(MessageSigning signing) {
        this.signing = signing;
    }

    /** {@code identity}: null chooses by the From address. {@code headers}: whether header fields are protected. */
    public record Parameters(
            Content message, @Nullable IdentityId identity, SignatureForm form, HeaderPolicy headers) {}

    public record Result(Content message, Identity signedWith) {}

    public Result run(Parameters parameters, Call call) throws Failure, IOException {
        MessageEnvelope envelope = MessageEnvelopeReader.read(parameters.message());
        Identity identity = signing.signer(call, parameters.identity(), envelope);
        HeaderProtection headers = HeaderProtection.signing(parameters.headers());
        Content signed = signing.sign(call, parameters.message(), envelope, identity, parameters.form(), headers);
        return new Result(signed, identity);
    }
}
