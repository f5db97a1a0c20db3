package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.protocol.JsonRpc;

/** What the README tells people to type is understood, and what it links to is there. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("zegel.root", ".."));
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)\\./zegel ([^`#\n]+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    static Stream<String> commands() throws IOException {
        return COMMAND.matcher(readme())
                .results()
                .map(found -> found.group(1).strip())
                .filter(line -> !line.matches("test( .*)?"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isUnderstood(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.split("\\s+")) {
            if (word.equals("<") || word.equals(">")) {
                break;
            }
            words.add(word);
        }
        assertThatCode(() -> CommandLineTool.commandLine(false).parseArgs(words.toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Matcher link = LINK.matcher(readme());
        while (link.find()) {
            assertThat(ROOT.resolve(link.group(1))).exists();
        }
    }

    @Test
    void theRequestOfTheShellExampleIsOne() throws IOException {
        Matcher body = Pattern.compile("-d '(\\{.*})'").matcher(readme());
        assertThat(body.find()).isTrue();
        assertThat(JsonRpc.parse(body.group(1).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(org.zegel.protocol.Incoming.Call.class);
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"), StandardCharsets.UTF_8);
    }
}
