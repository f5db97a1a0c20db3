package org.zegel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that hold secrets or people's messages do not print them: they end up in logs and exceptions. */
class RedactionTest {
    private static final String MARK = "must-not-be-printed";

    /** Names of what is secret wherever it stands, the nonce of a pairing included. */
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(token|secret|passphrase|password|nonce|pin|plain|privateKey|pkcs8).*");

    /** Identities of the JDK's are no secrets; nor are names of secrets' kinds. */
    private static final List<String> PUBLIC = List.of("keyTransport", "publicKey");

    static Stream<Class<?>> recordsWithSecrets() {
        return records()
                .filter(type -> Arrays.stream(type.getRecordComponents()).anyMatch(RedactionTest::isSecret));
    }

    static Stream<Class<?>> recordsWithContents() {
        return records()
                .filter(type -> type.getPackageName().equals("org.zegel.protocol"))
                .filter(type -> Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getType() == ContentRef.class));
    }

    @Test
    void looksAtTheRecordsThatThereAre() {
        assertThat(recordsWithSecrets()).contains(SessionRequest.Hello.class, SessionResult.Pairing.class);
        assertThat(recordsWithContents()).contains(MessageRequest.Sign.class, MessageResult.Message.class);
    }

    @ParameterizedTest
    @MethodSource("recordsWithSecrets")
    void noSecretIsPrinted(Class<?> type) throws Exception {
        assertThat(made(type).toString()).doesNotContain(MARK);
    }

    @ParameterizedTest
    @MethodSource("recordsWithContents")
    void noMessageIsPrinted(Class<?> type) throws Exception {
        assertThat(made(type).toString()).doesNotContain(MARK);
    }

    private static boolean isSecret(RecordComponent component) {
        // On the wire a key is a pairing key; elsewhere it may be that of a map.
        boolean key = component.getName().equals("key")
                && component.getDeclaringRecord().getPackageName().equals("org.zegel.protocol");
        return (component.getType() == String.class || component.getType() == byte[].class)
                && (key || SECRET.matcher(component.getName()).matches())
                && !PUBLIC.contains(component.getName())
                && !isStateOfPin(component);
    }

    /** Of a token it is told what state its PIN is in, never the PIN. */
    private static boolean isStateOfPin(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName().equals("TokenEntry")
                && component.getName().equals("pin");
    }

    /** An instance whose secrets and contents are the mark. */
    private static Object made(Class<?> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(Arrays.stream(components)
                .map(component -> isSecret(component) ? mark(component.getType()) : value(component.getType()))
                .toArray());
    }

    /** Byte arrays print nothing of their own. */
    private static Object mark(Class<?> type) {
        return type == String.class ? MARK : new byte[1];
    }

    private static Object value(Class<?> type) {
        if (type == String.class) {
            return "x";
        }
        if (type == ContentRef.class) {
            return ContentRef.ofText(MARK);
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == List.class) {
            return List.of();
        }
        return type == java.util.Map.class ? java.util.Map.of() : null;
    }

    private static Stream<Class<?>> records() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.zegel").stream()
                        .filter(JavaClass::isRecord)
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(type -> type.getPackageName().startsWith("org.zegel"));
    }
}
