package org.zegel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.Layer;
import org.zegel.model.SecurityServices;
import org.zegel.model.StoreId;
import org.zegel.model.Verdict;
import tools.jackson.databind.JsonNode;

class JsonCodecTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final CertificateSummary SUMMARY = new CertificateSummary(
            "00",
            "CN=A",
            "CN=B",
            "1",
            NOW,
            NOW,
            List.of("a@example.org"),
            "RSA",
            2048,
            "SHA256withRSA",
            List.of(),
            List.of());

    @Test
    void everyMethodHasAName() {
        assertThat(Methods.all()).extracting(Methods.Definition::name).contains("hello", "message.open", "cms.decrypt");
        assertThat(Methods.all()).allMatch(method -> method.name().matches("[a-z]+(\\.[a-zA-Z]+)?"));
    }

    @Test
    void aVerdictHasTheShapeOfTheProtocol() {
        JsonNode json = JsonCodec.tree(new MessageResult.Opened(verdict(null), ContentRef.ofText("clear")));
        assertThat(json.propertyNames())
                .containsExactly(
                        "seal",
                        "lock",
                        "signers",
                        "texts",
                        "lockTexts",
                        "explanations",
                        "layers",
                        "headers",
                        "findings",
                        "content");
        assertThat(json.get("seal").stringValue()).isEqualTo("warning");
        JsonNode signer = json.get("signers").get(0);
        assertThat(signer.at("/chain/status").stringValue()).isEqualTo("not-yet-valid");
        assertThat(signer.at("/chain/revocation").stringValue()).isEqualTo("not-checked");
        assertThat(signer.at("/time/basis").stringValue()).isEqualTo("time-stamp");
        assertThat(signer.at("/time/evaluatedAt").stringValue()).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(json.at("/headers/protected/0").stringValue()).isEqualTo("subject");
        assertThat(json.at("/layers/0/kind").stringValue()).isEqualTo("multipart-signed");
        assertThat(json.at("/content/text").stringValue()).isEqualTo("clear");
    }

    @Test
    void layersOfADeepAndOfAWideMessageAreRead() throws Exception {
        Layer deep = part(List.of());
        for (int i = 0; i < 100; i++) {
            deep = part(List.of(deep));
        }
        List<Layer> wide = Collections.nCopies(Limits.MAX_LIST, part(List.of()));
        for (Layer layer : List.of(deep, part(wide))) {
            MessageResult.Inspected result = new MessageResult.Inspected(List.of(layer));

            assertThat(JsonCodec.tree(result).get("layers")).hasSize(1);
            assertThat(JsonCodec.readResult(MessageResult.Inspected.class, JsonCodec.write(result)))
                    .isEqualTo(result);
        }
    }

    @Test
    void momentsHaveYearsOfFourDigits() throws RequestError {
        assertThat(since("9999-12-31T23:59:59.999Z")).isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z"));
        for (String beyond :
                List.of("+10000-01-01T00:00:00Z", "+1000000000-12-31T00:00:00Z", "-0001-12-31T00:00:00Z")) {
            assertThatThrownBy(() -> since(beyond))
                    .isInstanceOfSatisfying(
                            RequestError.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMETERS));
        }
    }

    private static Instant since(String moment) throws RequestError {
        byte[] json = ("{\"since\":\"" + moment + "\"}").getBytes(StandardCharsets.UTF_8);
        return JsonCodec.readRequest(SessionRequest.ListAudit.class, json).since();
    }

    private static Layer part(List<Layer> children) {
        return new Layer(Layer.Kind.PART, "text/plain", null, true, List.of(), List.of(), children);
    }

    @Test
    void anIdentityIsASummaryAndItsCertificate() throws Exception {
        Identity identity = identity();
        MessageResult.Opened opened = new MessageResult.Opened(verdict(identity), null);
        JsonNode json = JsonCodec.tree(opened).get("decryptedWith");
        assertThat(json.propertyNames()).containsExactly("identity", "store", "retired", "certificate", "der");
        assertThat(json.at("/certificate/addresses/0").stringValue()).isEqualTo("anna@example.org");

        Identity read = JsonCodec.readResult(MessageResult.Opened.class, JsonCodec.write(opened))
                .verdict()
                .decryptedWith();
        assertThat(read.id()).isEqualTo(identity.id());
        assertThat(read.certificate()).isEqualTo(identity.certificate());
    }

    @Test
    void resultsSurviveTheWay() throws RequestError {
        MessageResult.Opened opened = new MessageResult.Opened(verdict(null), ContentRef.ofHandle("h"));
        assertThat(JsonCodec.readResult(MessageResult.Opened.class, JsonCodec.write(opened)))
                .isEqualTo(opened);
        SessionResult.Hello hello = new SessionResult.Hello("Zegel", 1, null, false, null, Limits.published());
        assertThat(JsonCodec.readResult(SessionResult.Hello.class, JsonCodec.write(hello)))
                .isEqualTo(hello);
        ContentResult.Chunk chunk = new ContentResult.Chunk(new byte[] {1, -1, 0}, 3, true);
        assertThat(JsonCodec.readResult(ContentResult.Chunk.class, JsonCodec.write(chunk))
                        .base64())
                .containsExactly(1, -1, 0);
    }

    @Test
    void aClientSkipsWhatItDoesNotKnow() throws RequestError {
        byte[] json = "{\"content\":\"h\",\"later\":{\"a\":[]}}".getBytes(StandardCharsets.UTF_8);
        assertThat(JsonCodec.readResult(ContentResult.Created.class, json)).isEqualTo(new ContentResult.Created("h"));
    }

    private static Identity identity() {
        TestIdentity made = TestAuthority.root("Codec CA").issue(Spec.mail("Anna", "anna@example.org"));
        StoreId store = new StoreId("s");
        return new Identity(
                IdentityId.of(store, made.certificate()),
                store,
                made.certificate(),
                List.of(),
                java.util.Set.of(),
                false);
    }

    private static Verdict verdict(Identity decryptedWith) {
        Verdict.Signer signer = new Verdict.Signer(
                Verdict.Integrity.INTACT,
                new Verdict.Chain(
                        Verdict.ChainStatus.NOT_YET_VALID, Verdict.Revocation.NOT_CHECKED, null, List.of(SUMMARY)),
                Verdict.AddressMatch.NOT_APPLICABLE,
                new Verdict.Time(NOW, Verdict.TimeBasis.TIME_STAMP, null, NOW),
                Verdict.Strength.WEAK,
                SUMMARY,
                new SecurityServices(
                        new SecurityServices.ReceiptRequest(
                                SecurityServices.ReceiptsFrom.ALL, List.of("a@example.org")),
                        new SecurityServices.Label("1.2.3", 3, null, List.of()),
                        List.of(),
                        List.of(NOW),
                        null),
                List.of(Finding.TRAILING_DATA));
        Layer layer = new Layer(
                Layer.Kind.MULTIPART_SIGNED, "multipart/signed", "SHA-256", true, List.of(0), List.of(), List.of());
        return new Verdict(
                Verdict.Seal.WARNING,
                Verdict.Lock.NONE,
                List.of(signer),
                decryptedWith,
                Map.of("en", "Text"),
                Map.of("en", "Not encrypted"),
                Map.of("trailing-data", Map.of("en", "Something follows")),
                List.of(layer),
                new Verdict.Headers(
                        List.of("subject"),
                        List.of(new Verdict.HeaderDifference("to", null, "b", false)),
                        Verdict.HeaderScheme.RFC9788,
                        List.of(new Verdict.HeaderState("subject", Verdict.Protection.SIGNED_ONLY))),
                List.of());
    }
}
