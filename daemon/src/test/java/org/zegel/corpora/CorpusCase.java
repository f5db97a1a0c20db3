package org.zegel.corpora;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of a {@code manifest.jsonl}: what to do with a file made by others, and what must come out. */
record CorpusCase(Path folder, JsonNode row) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static List<CorpusCase> read(Path folder) throws IOException {
        List<CorpusCase> cases = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("manifest.jsonl"), StandardCharsets.UTF_8)) {
            if (!line.isBlank()) {
                cases.add(new CorpusCase(folder, JSON.readTree(line)));
            }
        }
        return cases;
    }

    String id() {
        return row.get("id").asString();
    }

    String operation() {
        return row.get("op").asString();
    }

    String expected() {
        return row.get("expect").asString();
    }

    Path file() {
        return folder.resolve(row.get("file").asString());
    }

    String form() {
        return row.get("form").asString();
    }

    /** Only the mathematics of the signature are judged, not the chain. */
    boolean cryptographyOnly() {
        return row.path("crypto_only").asBoolean(false);
    }

    boolean checksRevocation() {
        return row.path("check_crl").asBoolean(false);
    }

    Optional<String> text(String field) {
        JsonNode value = row.path(field);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    Optional<Path> path(String field) {
        return text(field).map(folder::resolve);
    }

    Optional<Instant> time() {
        return text("time").map(Instant::parse);
    }

    List<Path> paths(String field) {
        List<Path> all = new ArrayList<>();
        row.path(field).forEach(each -> all.add(folder.resolve(each.asString())));
        return all;
    }
}
