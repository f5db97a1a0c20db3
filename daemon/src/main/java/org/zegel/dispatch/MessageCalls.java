package org.zegel.dispatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.zegel.content.Content;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Scope;
import org.zegel.operation.Call;
import org.zegel.operation.encrypt.EncryptMessage;
import org.zegel.operation.open.OpenMessage;
import org.zegel.operation.sign.SignMessage;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;

/** {@code message.*}. */
final class MessageCalls {
    private final Operations operations;
    private final Defaults defaults;

    MessageCalls(Operations operations, Defaults defaults) {
        this.operations = operations;
        this.defaults = defaults;
    }

    MessageResult call(MessageRequest request, Call call, ContentRefs refs) throws Failure, IOException {
        return switch (request) {
            case MessageRequest.Sign sign -> sign(sign, call, refs);
            case MessageRequest.Encrypt encrypt -> encrypt(encrypt, call, refs);
            case MessageRequest.Open open -> open(open, call, refs);
            case MessageRequest.Inspect inspect ->
                new MessageResult.Inspected(operations.inspect().run(refs.read(inspect.message()), call));
        };
    }

    private MessageResult sign(MessageRequest.Sign request, Call call, ContentRefs refs) throws Failure, IOException {
        SignMessage.Parameters parameters = new SignMessage.Parameters(
                refs.read(request.message()),
                Choices.identity(request.identity()),
                defaults.form(request.mode(), request.digest(), request.scheme()),
                Choices.headers(request.headers()));
        return new MessageResult.Message(
                refs.give(operations.sign().run(parameters, call).message()));
    }

    private MessageResult encrypt(MessageRequest.Encrypt request, Call call, ContentRefs refs)
            throws Failure, IOException {
        EncryptMessage.Signature signature = null;
        if (Choices.flag(request.sign())) {
            Scopes.require(call.client(), Scope.SIGN);
            signature = new EncryptMessage.Signature(
                    Choices.identity(request.identity()),
                    defaults.form(request.mode(), request.digest(), request.scheme()));
        }
        List<String> to = request.to();
        List<EmailAddress> addresses = to == null ? null : Choices.addresses("to", to);
        EncryptMessage.Parameters parameters = new EncryptMessage.Parameters(
                refs.read(request.message()),
                addresses,
                refs.readAll("recipients", request.recipients()),
                signature,
                defaults.cipher(request.cipher()),
                defaults.oaep(request.keyTransport()),
                defaults.headers(request.headers(), request.legacyDisplay()));
        EncryptMessage.Result result = operations.encrypt().run(parameters, call);
        List<MessageResult.Addressed> messages = new ArrayList<>();
        for (EncryptMessage.Addressed one : result.messages()) {
            messages.add(new MessageResult.Addressed(one.recipients(), refs.give(one.message())));
        }
        return new MessageResult.Messages(messages, result.cipher().word(), result.findings());
    }

    private MessageResult open(MessageRequest.Open request, Call call, ContentRefs refs) throws Failure, IOException {
        OpenMessage.Parameters parameters =
                new OpenMessage.Parameters(refs.read(request.message()), Choices.flag(request.offline()));
        OpenMessage.Result result = operations.open().run(parameters, call);
        Content content = result.content();
        return new MessageResult.Opened(result.verdict(), content == null ? null : refs.give(content));
    }
}
