package org.zegel.operation;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Question;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.smime.HeaderProtection;
import org.zegel.smime.MessageEnvelope;
import org.zegel.smime.SignOptions;
import org.zegel.smime.make.MessageSigner;
import org.zegel.store.BoundKey;

/** Signs a whole message: choice of identity, consent, signature. Shared by signing and by encrypting signed mail. */
public final class MessageSigning {
    private final SigningIdentity identities;
    private final KeyAccess keys;
    private final Clock clock;

    public MessageSigning(SigningIdentity identities, KeyAccess keys, Clock clock) {
        this.identities = identities;
        this.keys = keys;
        this.clock = clock;
    }

    /** Who will sign; asks the person only where several could and none is named or preferred. */
    public Identity signer(Call call, @Nullable IdentityId named, MessageEnvelope envelope) throws Failure {
        return identities.choose(call.client(), named, envelope.from(), envelope.subject());
    }

    /** Signs; asks the person, showing subject and recipients. */
    public Content sign(
            Call call,
            Content message,
            MessageEnvelope envelope,
            Identity identity,
            SignatureForm form,
            HeaderProtection headers)
            throws Failure, IOException {
        try (BoundKey key = keys.bind(call.client(), Question.Purpose.SIGN, identity, about(envelope))) {
            SignOptions options = form.options(clock.instant()).with(headers);
            return MessageSigner.sign(message, key, options, call.workspace(), call.progress());
        }
    }

    /** What the person is told of the message. */
    static Question.About about(MessageEnvelope envelope) {
        List<String> recipients = Stream.of(envelope.to(), envelope.cc(), envelope.bcc())
                .flatMap(List::stream)
                .map(Object::toString)
                .distinct()
                .toList();
        return new Question.About(
                envelope.from().isEmpty() ? null : envelope.from().getFirst().toString(),
                envelope.subject(),
                recipients);
    }
}
