package org.zegel.operation.cms;

import java.io.IOException;
import java.time.Clock;
import org.zegel.consent.Question;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.operation.Call;
import org.zegel.operation.KeyAccess;
import org.zegel.operation.SignatureForm;
import org.zegel.operation.SigningIdentity;
import org.zegel.smime.make.CmsSigner;
import org.zegel.store.BoundKey;

/** Makes SignedData (RFC 5652 section 5) over bytes that cannot be shown to the person. */
public final class SignCms {
    private final SigningIdentity identities;
    private final KeyAccess keys;
    private final Clock clock;

    public SignCms(SigningIdentity identities, KeyAccess keys, Clock clock) {
        this.identities = identities;
        this.keys = keys;
        this.clock = clock;
    }

    public record Parameters(Content content, IdentityId identity, SignatureForm form) {}

    /** The DER or BER of the ContentInfo. */
    public Content run(Parameters parameters, Call call) throws Failure, IOException {
        Identity identity = identities.named(call.client(), parameters.identity());
        try (BoundKey key = keys.bind(call.client(), Question.Purpose.SIGN_RAW, identity, Question.About.NOTHING)) {
            return CmsSigner.sign(
                    parameters.content(),
                    key,
                    parameters.form().options(clock.instant()),
                    call.workspace(),
                    call.progress());
        }
    }
}
