package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.config.Settings;
import org.zegel.consent.Answer;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.Question;
import org.zegel.database.Database;
import org.zegel.directory.AddedModules;
import org.zegel.fixtures.Needs;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;
import org.zegel.store.cryptoki.SoftToken;

/** A client names a PKCS#11 module. */
@EnabledOnOs(OS.LINUX)
class ModuleAdditionTest {
    @TempDir
    Path folder;

    private TestZegel zegel;
    private Path library;

    @BeforeEach
    void open() throws Exception {
        library = Needs.file(SoftToken.LIBRARY).toRealPath();
        zegel = new TestZegel(folder.resolve("home"), Settings.defaults().limits());
    }

    @AfterEach
    void close() {
        zegel.close();
    }

    @Test
    void isUsedOnceThePersonSawItsPathAndSaidYes() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.so"), library);
        add(link.toString());

        assertThat(asked()).containsExactly(new PlannedChange.AddModule(library.toString()));
        assertThat(tokens()).isNotEmpty();
        zegel.call(new StoreRequest.RemoveStore("pkcs11", link.toString()));
        assertThat(asked()).last().isEqualTo(new PlannedChange.RemoveModule(library.toString()));
        assertThat(tokens()).isEmpty();
        assertThat(lines()).containsExactly("store.remove done " + library, "store.add done " + library);
    }

    @Test
    void isNotUsedWithoutAYes() throws Exception {
        zegel.prompter.decision = Answer.Decision.DENY;

        assertThat(refusal(() -> add(library.toString()))).isEqualTo("consent-denied");
        assertThat(tokens()).isEmpty();
        assertThat(lines()).containsExactly("store.add consent-denied " + library);
    }

    @Test
    void nobodyIsAskedAboutWhatCannotBeLoaded() throws Exception {
        Path text = Files.writeString(folder.resolve("text.so"), "This is text, and long enough.");

        assertThat(refusal(() -> add(text.toString()))).isEqualTo("import-failed");
        assertThat(refusal(() -> add(folder.resolve("missing.so").toString()))).isEqualTo("import-failed");
        assertThat(refusal(() -> add("relative.so"))).isEqualTo("invalid-parameters");
        assertThat(refusal(() -> add("/" + "a".repeat(499)))).isEqualTo("import-failed");
        assertThat(refusal(() -> add("/" + "a".repeat(500)))).isEqualTo("invalid-parameters");
        assertThat(refusal(() -> add("/usr/lib/\u202eos.drac"))).isEqualTo("invalid-parameters");
        assertThat(refusal(() -> zegel.call(new StoreRequest.AddStore("nss", library.toString()))))
                .isEqualTo("unsupported");
        assertThat(refusal(() -> zegel.call(new StoreRequest.RemoveStore("pkcs11", library.toString()))))
                .isEqualTo("store-not-found");
        assertThat(asked()).isEmpty();
    }

    @Test
    void aLinkToAPathThatCannotBeShownIsRefused() throws Exception {
        Path hidden = Files.copy(library, folder.resolve("a\u202eb.so"));
        Path link = Files.createSymbolicLink(folder.resolve("link.so"), hidden);

        assertThat(refusal(() -> add(link.toString()))).isEqualTo("invalid-parameters");
        assertThat(asked()).isEmpty();
    }

    @Test
    void keepsTwentyAndNoMore() throws Exception {
        try (Database database = Database.open(folder.resolve("modules.db"), List.of(AddedModules.SCHEMA))) {
            AddedModules modules = new AddedModules(database);
            for (int i = 0; i < AddedModules.MAX; i++) {
                modules.add(Path.of("/lib/" + i + ".so"));
            }
            modules.add(Path.of("/lib/0.so"));
            assertThat(modules.all()).hasSize(AddedModules.MAX);
            Failure full = catchThrowableOfType(Failure.class, () -> modules.add(Path.of("/lib/more.so")));
            assertThat(full.kind()).isEqualTo(Failure.Kind.QUOTA_EXCEEDED);
            modules.remove(Path.of("/lib/0.so"));
            modules.add(Path.of("/lib/more.so"));
            assertThat(modules.all()).hasSize(AddedModules.MAX).contains(Path.of("/lib/more.so"));
        }
    }

    private void add(String path) throws RequestError {
        zegel.call(new StoreRequest.AddStore("pkcs11", path));
    }

    private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(RequestError.class, call).code().code();
    }

    private List<PlannedChange> asked() {
        return zegel.prompter.asked(Question.Change.class).stream()
                .map(Question.Change::what)
                .toList();
    }

    private List<StoreResult.StoreEntry> tokens() throws RequestError {
        return ((StoreResult.Stores) zegel.call(new StoreRequest.ListStores()))
                .stores().stream()
                        .filter(store -> store.kind().equals("pkcs11"))
                        .toList();
    }

    private List<String> lines() throws RequestError {
        return ((SessionResult.Audit) zegel.call(new SessionRequest.ListAudit(null, null, null, null, null)))
                .entries().stream()
                        .filter(line -> line.operation().startsWith("store."))
                        .map(line -> line.operation() + " " + line.outcome() + " " + line.detail())
                        .toList();
    }
}
