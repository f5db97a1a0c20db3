package org.zegel.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.zegel.protocol.JsonCodec;
import tools.jackson.databind.JsonNode;

/** Both steps of {@code client.pair}, over anything that carries them. */
public final class Pairing {
    private Pairing() {}

    /** Carries one call's parameters and gives the result, as JSON. */
    @FunctionalInterface
    public interface Carrier {
        String call(String method, String params) throws Exception;
    }

    /** Pairs with these scopes and gives the token. */
    public static String pair(Carrier carrier, String... scopes) throws Exception {
        byte[] nonce = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        JsonNode begun = step(
                carrier,
                Map.of(
                        "name",
                        "Test",
                        "scopes",
                        List.of(scopes),
                        "commitment",
                        base64(MessageDigest.getInstance("SHA-256").digest(nonce))));
        return step(carrier, Map.of("pairing", begun.get("pairing").stringValue(), "nonce", base64(nonce)))
                .get("token")
                .stringValue();
    }

    private static JsonNode step(Carrier carrier, Map<String, ?> params) throws Exception {
        return Peer.parse(carrier.call("client.pair", JsonCodec.toJson(params)).getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
