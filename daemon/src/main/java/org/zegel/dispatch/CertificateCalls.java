package org.zegel.dispatch;

import java.io.IOException;
import org.zegel.model.ContentCipher;
import org.zegel.model.Failure;
import org.zegel.operation.Call;
import org.zegel.operation.certificate.Authorities.Decision;
import org.zegel.operation.certificate.Certificates;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.CertificateResult;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionResult;

/** {@code certificate.*}, {@code trust.*} and {@code recipient.*}. */
final class CertificateCalls {
    private final Operations operations;

    CertificateCalls(Operations operations) {
        this.operations = operations;
    }

    Result call(CertificateRequest request, Call call, ContentRefs refs) throws Failure, IOException {
        return switch (request) {
            case CertificateRequest.ListCertificates list -> {
                String address = list.address();
                yield new CertificateResult.Certificates(
                        operations.certificates().list(address == null ? null : Choices.address("address", address)));
            }
            case CertificateRequest.Inspect inspect -> {
                Certificates.Inspected seen = operations.certificates().inspect(refs.read(inspect.certificate()));
                yield new CertificateResult.Inspected(seen.certificate(), seen.chain());
            }
            case CertificateRequest.Import imported ->
                new CertificateResult.Certificates(operations
                        .certificates()
                        .add(refs.read(imported.certificates()), Choices.flag(imported.pinned()), call));
            case CertificateRequest.Remove remove -> {
                operations.certificates().remove(remove.sha256(), call);
                yield new SessionResult.Done(true);
            }
            case CertificateRequest.ListTrust ignored ->
                new CertificateResult.Trusted(
                        operations.authorities().list(Decision.AUTHORITY),
                        operations.authorities().list(Decision.PINNED),
                        operations.authorities().list(Decision.DISTRUSTED));
            case CertificateRequest.AddTrust add -> {
                operations.authorities().add(refs.read(add.certificate()), Choices.flag(add.never()), call);
                yield new SessionResult.Done(true);
            }
            case CertificateRequest.RemoveTrust remove -> {
                operations.authorities().remove(remove.sha256(), call);
                yield new SessionResult.Done(true);
            }
            case CertificateRequest.Resolve resolve -> resolve(resolve);
            case CertificateRequest.ListChoices ignored ->
                new CertificateResult.Choices(operations.recipientChoices().all().entrySet().stream()
                        .map(kept -> new CertificateResult.ChoiceEntry(kept.getKey(), kept.getValue()))
                        .toList());
            case CertificateRequest.ForgetChoice forget -> {
                operations.recipientChoices().forget(Choices.address("address", forget.address()));
                yield new SessionResult.Done(true);
            }
        };
    }

    private CertificateResult.Recipients resolve(CertificateRequest.Resolve request) throws Failure {
        return new CertificateResult.Recipients(
                operations.recipients().run(Choices.addresses("addresses", request.addresses())).stream()
                        .map(found -> new CertificateResult.RecipientEntry(
                                found.address().toString(),
                                found.certificate(),
                                found.source(),
                                found.ciphers().stream()
                                        .map(ContentCipher::word)
                                        .sorted()
                                        .toList(),
                                found.reason()))
                        .toList());
    }
}
