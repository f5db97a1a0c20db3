package org.zegel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcTest {
    @Test
    void readsACall() {
        Incoming message = parse("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"content.read\","
                + "\"params\":{\"content\":\"h\",\"offset\":9007199254740993}}");
        assertThat(message)
                .isEqualTo(new Incoming.Call(
                        new CallId.Text("a"), new ContentRequest.Read("h", 9007199254740993L, null), false));
    }

    @Test
    void knowsWhoWantsProgress() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"message.open\","
                        + "\"params\":{\"message\":{\"text\":\"x\"},\"progress\":true}}"))
                .asInstanceOf(type(Incoming.Call.class))
                .matches(Incoming.Call::progress);
    }

    @Test
    void readsACancel() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancel\",\"params\":{\"id\":7}}"))
                .isEqualTo(new Incoming.Cancel(new CallId.Number(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                               | parse-error",
                "{                                                              | parse-error",
                "{} {}                                                          | parse-error",
                "nonsense                                                       | parse-error",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"method\":\"hello\"}   | parse-error",
                "[]                                                             | invalid-request",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\"}]          | invalid-request",
                "7                                                              | invalid-request",
                "{\"id\":1,\"method\":\"hello\"}                                | invalid-request",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"hello\"}            | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":1}                                 | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":3}                    | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"hello\"}         | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"hello\"}          | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":9007199254740992,\"method\":\"hello\"} | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"hello\"}           | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"x\":1}    | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nope\"}             | method-not-found",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":[]}      | invalid-parameters",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":null}    | invalid-parameters",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":{\"tokem\":\"\"}} | invalid-parameters",
            })
    void refusesWhatIsNoCall(String message, String code) {
        assertThat(parse(message == null ? "" : message))
                .asInstanceOf(type(Incoming.Refused.class))
                .matches(refused -> refused.error().code().code().equals(code), "is refused with " + code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content.append | {\"base64\":\"\"}                              | content",
                "content.append | {\"content\":1,\"base64\":\"\"}                | content",
                "content.append | {\"content\":\"h\",\"base64\":\"*\"}           | base64",
                "content.append | {\"content\":\"h\",\"base64\":\"aGk\\n\"}      | base64",
                "content.append | {\"content\":\"h\",\"base64\":\"_-8=\"}        | base64",
                "content.read   | {\"content\":\"h\",\"offset\":\"0\"}           | offset",
                "content.read   | {\"content\":\"h\",\"offset\":1.0}             | offset",
                "content.read   | {\"content\":\"h\",\"offset\":9223372036854775808} | offset",
                "content.read   | {\"content\":\"h\",\"offset\":0,\"length\":2147483648} | length",
                "message.open   | {\"message\":{}}                               | message",
                "message.open   | {\"message\":\"text\"}                         | message",
                "message.open   | {\"message\":{\"text\":\"\",\"content\":\"\"}} | message",
                "message.open   | {\"message\":{\"text\":\"\",\"more\":1}}       | message.more",
                "message.open   | {\"message\":{\"text\":\"\"},\"offline\":1}    | offline",
                "recipient.resolve | {\"addresses\":\"a\"}                       | addresses",
                "recipient.resolve | {\"addresses\":[1]}                         | addresses[0]",
                "recipient.resolve | {\"addresses\":[null]}                      | addresses[0]",
            })
    void namesTheFieldThatIsWrong(String method, String params, String field) {
        Incoming message =
                parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}");
        assertThat(message).asInstanceOf(type(Incoming.Refused.class)).satisfies(refused -> {
            assertThat(refused.error().code()).isEqualTo(ErrorCode.INVALID_PARAMETERS);
            assertThat(refused.error().data()).isEqualTo(Map.of("field", field));
            assertThat(refused.id()).isEqualTo(new CallId.Number(1));
        });
    }

    @Test
    void limitsDepthExactly() {
        assertThat(parse("[".repeat(Limits.MAX_NESTING) + "]".repeat(Limits.MAX_NESTING)))
                .asInstanceOf(type(Incoming.Refused.class))
                .matches(refused -> refused.error().code() == ErrorCode.INVALID_REQUEST);
        assertThat(parse("[".repeat(Limits.MAX_NESTING + 1) + "]".repeat(Limits.MAX_NESTING + 1)))
                .asInstanceOf(type(Incoming.Refused.class))
                .matches(refused -> refused.error().code() == ErrorCode.PARSE_ERROR);
    }

    @Test
    void limitsListsExactly() {
        assertThat(resolve(Limits.MAX_LIST)).isInstanceOf(Incoming.Call.class);
        assertThat(resolve(Limits.MAX_LIST + 1)).isInstanceOf(Incoming.Refused.class);
    }

    @Test
    void limitsIdsExactly() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":\"" + "x".repeat(Limits.MAX_ID) + "\",\"method\":\"hello\"}"))
                .isInstanceOf(Incoming.Call.class);
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":\"" + "x".repeat(Limits.MAX_ID + 1) + "\",\"method\":\"hello\"}"))
                .isInstanceOf(Incoming.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void refusesOtherEncodings(String charset) {
        byte[] message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\"}"
                .getBytes(java.nio.charset.Charset.forName(charset));
        assertThat(JsonRpc.parse(message))
                .asInstanceOf(type(Incoming.Refused.class))
                .matches(refused -> refused.error().code() == ErrorCode.PARSE_ERROR);
    }

    @Test
    void refusesBrokenUtf8() {
        byte[] message = "{\"jsonrpc\":\"2.0\",\"id\":\"?\",\"method\":\"hello\"}".getBytes(StandardCharsets.UTF_8);
        message[new String(message, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xc0;
        assertThat(JsonRpc.parse(message)).isInstanceOf(Incoming.Refused.class);
    }

    @Test
    void saysNothingOfTheTextThatCouldNotBeParsed() {
        Incoming message = parse(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":{\"token\":\"SECRET\",\"token\":\"SECRET\"}}");
        assertThat(message)
                .asInstanceOf(type(Incoming.Refused.class))
                .satisfies(refused -> assertThat(refused.error().getMessage()).doesNotContain("SECRET"));
    }

    @Test
    void answersWithCodeAndData() {
        byte[] answer = JsonRpc.error(
                new CallId.Number(3), new RequestError(ErrorCode.PIN_INCORRECT, "Wrong.", Map.of("triesLeft", 2)));
        assertThat(new String(answer, StandardCharsets.UTF_8))
                .contains("\"id\":3")
                .contains("\"code\":-32002")
                .contains("\"pin-incorrect\"")
                .contains("\"triesLeft\":2");
    }

    @Test
    void anAnswerThatIsTooLongBecomesAnError() throws RequestError {
        String text = "x".repeat(Limits.MAX_OUTGOING);
        byte[] answer = JsonRpc.result(new CallId.Number(1), new ContentResult.Created(text));
        assertThat(answer.length).isLessThan(1000);
        assertThat(JsonRpcClient.parse(answer))
                .asInstanceOf(type(JsonRpcClient.Answer.Failed.class))
                .matches(failed -> failed.error().code() == ErrorCode.CONTENT_TOO_LARGE);
    }

    @Test
    void theLongestAnswerIsSent() {
        int envelope = JsonRpc.result(new CallId.Number(1), new ContentResult.Created("")).length;
        String text = "x".repeat(Limits.MAX_OUTGOING - envelope);
        assertThat(JsonRpc.result(new CallId.Number(1), new ContentResult.Created(text)))
                .hasSize(Limits.MAX_OUTGOING);
    }

    private static Incoming resolve(int addresses) {
        String list = "\"a\",".repeat(addresses - 1) + "\"a\"";
        return parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"recipient.resolve\",\"params\":{\"addresses\":[" + list
                + "]}}");
    }

    private static Incoming parse(String message) {
        return JsonRpc.parse(message.getBytes(StandardCharsets.UTF_8));
    }
}
