package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.SpoofChecker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of look-alikes is Unicode's, by way of ICU. A new ICU may have more: take over what the failure prints. */
class LookAlikesTest {
    @Test
    void theTableIsTheOneOfUnicode() throws IOException {
        String table;
        try (InputStream in = LookAlikes.class.getResourceAsStream("look-alikes.txt")) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(table.lines().filter(line -> !line.startsWith("#"))).containsExactlyElementsOf(lines());
    }

    private static Iterable<String> lines() {
        SpoofChecker checker = new SpoofChecker.Builder().build();
        Map<String, StringBuilder> alike = new TreeMap<>();
        for (int point = 0x80; point <= Character.MAX_CODE_POINT; point++) {
            if (!Character.isLetterOrDigit(point)) {
                continue;
            }
            String letter = Character.toString(point);
            String skeleton = checker.getSkeleton(letter);
            boolean ascii = !skeleton.isEmpty() && skeleton.chars().allMatch(c -> c < 0x80);
            if (ascii && staysInDomains(letter)) {
                alike.computeIfAbsent(skeleton, key -> new StringBuilder()).append(letter);
            }
        }
        return alike.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
    }

    private static boolean staysInDomains(String letter) {
        return letter.toLowerCase(Locale.ROOT).equals(letter)
                && Normalizer.normalize(letter, Normalizer.Form.NFKC).equals(letter);
    }
}
