package org.zegel.dispatch;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.IdentityId;
import org.zegel.model.Verdict;
import org.zegel.operation.Call;
import org.zegel.operation.cms.DecryptCms;
import org.zegel.operation.cms.EncryptCms;
import org.zegel.operation.cms.SignCms;
import org.zegel.operation.cms.VerifyCms;
import org.zegel.protocol.CmsRequest;
import org.zegel.protocol.MessageResult;

/** {@code cms.*}. */
final class CmsCalls {
    private final Operations operations;
    private final Defaults defaults;

    CmsCalls(Operations operations, Defaults defaults) {
        this.operations = operations;
        this.defaults = defaults;
    }

    MessageResult call(CmsRequest request, Call call, ContentRefs refs) throws Failure, IOException {
        return switch (request) {
            case CmsRequest.Sign sign -> sign(sign, call, refs);
            case CmsRequest.Verify verify -> verify(verify, call, refs);
            case CmsRequest.Encrypt encrypt -> encrypt(encrypt, call, refs);
            case CmsRequest.Decrypt decrypt -> decrypt(decrypt, call, refs);
        };
    }

    private MessageResult sign(CmsRequest.Sign request, Call call, ContentRefs refs) throws Failure, IOException {
        SignCms.Parameters parameters = new SignCms.Parameters(
                refs.read(request.content()),
                new IdentityId(request.identity()),
                defaults.form(request.mode(), request.digest(), request.scheme()));
        return new MessageResult.Cms(refs.give(operations.signCms().run(parameters, call)));
    }

    private MessageResult verify(CmsRequest.Verify request, Call call, ContentRefs refs) throws Failure, IOException {
        String from = request.from();
        VerifyCms.Parameters parameters = new VerifyCms.Parameters(
                refs.read(request.cms()),
                refs.readOptional(request.content()),
                from == null ? null : Choices.address("from", from),
                Choices.flag(request.offline()));
        VerifyCms.Result result = operations.verifyCms().run(parameters, call);
        return opened(result.verdict(), result.content(), refs);
    }

    private MessageResult encrypt(CmsRequest.Encrypt request, Call call, ContentRefs refs) throws Failure, IOException {
        List<String> to = request.to();
        List<EmailAddress> addresses = to == null ? List.of() : Choices.addresses("to", to);
        EncryptCms.Parameters parameters = new EncryptCms.Parameters(
                refs.read(request.content()),
                addresses,
                refs.readAll("recipients", request.recipients()),
                defaults.cipher(request.cipher()),
                defaults.oaep(request.keyTransport()));
        return new MessageResult.Cms(refs.give(operations.encryptCms().run(parameters, call)));
    }

    private MessageResult decrypt(CmsRequest.Decrypt request, Call call, ContentRefs refs) throws Failure, IOException {
        DecryptCms.Parameters parameters =
                new DecryptCms.Parameters(refs.read(request.cms()), Choices.flag(request.offline()));
        DecryptCms.Result result = operations.decryptCms().run(parameters, call);
        return opened(result.verdict(), result.content(), refs);
    }

    private static MessageResult opened(Verdict verdict, @Nullable Content content, ContentRefs refs)
            throws Failure, IOException {
        return new MessageResult.Opened(verdict, content == null ? null : refs.give(content));
    }
}
