package org.zegel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Run with {@code -Dzegel.openrpc.write=true} to write docs/openrpc.json anew. */
class OpenRpcTest {
    private static final Path FILE = Path.of(System.getProperty("zegel.root", ".."), "docs", "openrpc.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void thePublishedDocumentIsThatOfTheCode() throws IOException {
        JsonNode document = JSON.readTree(OpenRpc.document());
        if (Boolean.getBoolean("zegel.openrpc.write")) {
            Files.writeString(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
        }
        assertThat(JSON.readTree(Files.readString(FILE))).isEqualTo(document);
    }

    @Test
    void everyReferenceHasASchema() {
        JsonNode document = JSON.readTree(OpenRpc.document());
        assertThat(document.findValues("$ref"))
                .isNotEmpty()
                .allMatch(reference ->
                        !document.at(reference.stringValue().substring(1)).isMissingNode());
    }

    @Test
    void everyMethodIsThere() {
        assertThat(JSON.readTree(OpenRpc.document()).get("methods")).hasSameSizeAs(Methods.all());
    }
}
