package org.zegel.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strict JSON (RFC 8259): UTF-8 only, no duplicate names, nothing after the value, bounded depth, token count and
 * lengths.
 */
final class Json {
    private static final JsonFactory FACTORY = factory(Limits.MAX_NESTING, Limits.MAX_TOKENS);
    private static final JsonMapper MAPPER = mapper(FACTORY);
    private static final JsonMapper ANSWERS = mapper(factory(Limits.MAX_ANSWER_NESTING, Limits.MAX_ANSWER_TOKENS));

    private static final int BLOCK = 8192;

    private Json() {}

    private static JsonFactory factory(int nesting, int tokens) {
        return JsonFactory.builder()
                // A buffer that is used again holds a part of somebody's message until then.
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(Limits.MAX_INCOMING)
                        .maxNestingDepth(nesting)
                        .maxTokenCount(tokens)
                        .maxStringLength(Limits.MAX_INCOMING)
                        .maxNameLength(Limits.MAX_NAME)
                        .maxNumberLength(Limits.MAX_NUMBER)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    private static JsonMapper mapper(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .build();
    }

    /** Reads one value from a client; anything else is a {@code parse-error}. */
    static JsonNode read(byte[] bytes) throws RequestError {
        return read(MAPPER, bytes);
    }

    /** Reads what a daemon sent: it may be deeper and longer, because it tells the layers of a message. */
    static JsonNode readAnswer(byte[] bytes) throws RequestError {
        return read(ANSWERS, bytes);
    }

    private static JsonNode read(JsonMapper mapper, byte[] bytes) throws RequestError {
        if (bytes.length == 0) {
            throw new RequestError(ErrorCode.PARSE_ERROR, "The message is empty.");
        }
        if (!isUtf8(bytes)) {
            throw new RequestError(ErrorCode.PARSE_ERROR, "The message is not UTF-8.");
        }
        try {
            return mapper.readTree(bytes);
        } catch (JacksonException notJson) {
            throw new RequestError(ErrorCode.PARSE_ERROR, reason(notJson));
        }
    }

    /** Writes to the stream; the caller closes the generator. */
    static JsonGenerator generator(java.io.OutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /** The parser's reason without the text it met: that may be a secret. */
    private static String reason(JacksonException problem) {
        String text = String.valueOf(problem.getOriginalMessage());
        if (text.contains("uplicate")) {
            return "The message is not JSON that is accepted: a name is there twice.";
        }
        if (text.contains("exceeds the maximum")) {
            return "The message is not JSON that is accepted: too deep, too long or too many values.";
        }
        return "The message is not JSON.";
    }

    /** Jackson would also read UTF-16 and UTF-32, which have zero bytes among the first four. */
    private static boolean isUtf8(byte[] bytes) {
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer block = CharBuffer.allocate(BLOCK);
        while (true) {
            CoderResult result = decoder.decode(in, block.clear(), true);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
        }
    }
}
