package org.zegel.store.pkcs11.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.system.LibrarySafety;
import org.zegel.fixtures.Needs;
import org.zegel.store.pkcs11.modules.KnownModule.Origin;

/** Modules as Debian's packages bring them, and files that are none. */
@EnabledOnOs(OS.LINUX)
class ModuleFinderTest {
    private static final Path SYSTEM = Path.of("/usr/share/p11-kit/modules");

    @TempDir
    Path folder;

    @Test
    void findsTheModulesOfThisMachineOnceEach() throws Exception {
        Needs.file(SYSTEM.resolve("opensc-pkcs11.module"));
        Needs.file(SYSTEM.resolve("softhsm2.module"));
        Needs.file(SYSTEM.resolve("p11-kit-trust.module"));
        List<KnownModule> found =
                new ModuleFinder(Machine.real(folder), ModuleRules.STANDARD, LibrarySafety::fault, List::of).all();
        assertThat(found).extracting(module -> module.spec().library()).doesNotHaveDuplicates();
        assertThat(found)
                .filteredOn(module -> module.problem() == null)
                .extracting(KnownModule::file)
                .contains("opensc-pkcs11.so", "libsofthsm2.so")
                .noneMatch(file -> file.startsWith("p11-kit"));
        assertThat(found)
                .filteredOn(module -> module.file().equals("libsofthsm2.so"))
                .singleElement()
                .satisfies(module -> {
                    assertThat(module.origins()).containsExactlyInAnyOrder(Origin.P11_KIT, Origin.WELL_KNOWN);
                    assertThat(module.id().value()).matches("module-[0-9a-f]{12}");
                });
    }

    @Test
    void aModuleThatIsNamedAgainIsTheSame() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("mine.so"), Machine.softHsm());
        ModuleFinder finder = Machine.finder(Machine.real(folder), ModuleRules.STANDARD, link, Machine.softHsm());
        assertThat(finder.all())
                .filteredOn(module -> module.file().equals("libsofthsm2.so"))
                .singleElement()
                .satisfies(module -> assertThat(module.origins()).contains(Origin.WELL_KNOWN, Origin.ADDED));
        assertThat(finder.look(link).id())
                .isEqualTo(finder.look(Machine.softHsm()).id());
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsNoModule() throws Exception {
        Path missing = folder.resolve("missing.so");
        assertThat(look(missing)).contains("no such file");
        assertThat(look(folder)).contains("This is no file");
        assertThat(look(Files.writeString(folder.resolve("text.so"), "This is text, and long enough.")))
                .contains("no shared library");
        assertThat(look(Files.createFile(folder.resolve("empty.so")))).contains("no shared library");
        assertThat(look(LibraryHeaderTest.windowsLibrary(folder)))
                .isEqualTo("This module is for Windows. Install the one for Linux.");
    }

    @Test
    void saysThatAModuleIsForAnotherArchitecture() throws Exception {
        byte[] bytes = Files.readAllBytes(Machine.softHsm());
        int other = Machine.ARCHITECTURE.equals("aarch64") ? 62 : 183;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(18, (short) other);
        assertThat(look(Files.write(folder.resolve("other.so"), bytes)))
                .contains("another architecture (" + (other == 183 ? "arm64" : "x86_64") + ")");
    }

    @Test
    void aModuleThatOthersCouldReplaceIsNotLoaded() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        Path library = Files.copy(Machine.softHsm(), own.resolve("card.so"));
        assertThat(safely(library)).isNull();
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThat(safely(library)).contains("can be written by other people");
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(safely(library)).contains("folder that other people can write");
    }

    @Test
    void whatThePolicyForbidsIsNotLoadedByAnyName() throws Exception {
        Path library = Files.copy(Machine.softHsm(), folder.resolve("card.so"));
        Path link = Files.createSymbolicLink(folder.resolve("other.so"), library);
        for (String forbidden : List.of("card.so", library.toString(), link.toString())) {
            ModuleRules rules = new ModuleRules(false, List.of(link), Set.of(), Set.of(forbidden));
            assertThat(Machine.problem(Machine.finder(Machine.real(folder), rules), library))
                    .as(forbidden)
                    .contains("does not allow");
        }
        ModuleRules only = new ModuleRules(true, List.of(library), Set.of("card.so"), Set.of());
        assertThat(Machine.finder(Machine.real(folder), only).modules())
                .filteredOn(module -> module.problem() == null)
                .extracting(module -> module.spec().library())
                .containsExactly(library.toRealPath());
    }

    @Test
    void withoutASearchOnlyTheNamedOnesAreThere() throws Exception {
        ModuleRules rules = new ModuleRules(false, List.of(Machine.softHsm()), Set.of(), Set.of());
        assertThat(Machine.finder(Machine.real(folder), rules).all())
                .singleElement()
                .satisfies(module -> assertThat(module.origins()).containsExactly(Origin.CONFIGURED));
    }

    @Test
    void whatWasInstalledSinceIsFound() throws Exception {
        Machine machine = new Machine(folder);
        ModuleFinder finder = machine.finder();
        assertThat(finder.all()).isEmpty();
        Path library = machine.install("usr/lib/" + machine.platform.multiarch() + "/softhsm/libsofthsm2.so");
        assertThat(finder.modules())
                .singleElement()
                .satisfies(module -> assertThat(module.problem()).isNull());
        Files.delete(library);
        assertThat(finder.all()).isEmpty();
    }

    @Test
    void everyLineOfTheListOfPlacesIsOne() {
        assertThat(WellKnownModules.all()).doesNotHaveDuplicates().allSatisfy(place -> {
            assertThat(place.name()).isNotBlank();
            assertThat(place.path()).matches(place.system() == Platform.System.WINDOWS ? "%[\\w()]+%/.*\\.dll" : "/.*");
        });
        Platform windows = new Platform(
                Platform.System.WINDOWS,
                "amd64",
                Path.of("/"),
                null,
                Map.of("ProgramFiles", folder.toString(), "SystemDrive", "C:"),
                false);
        assertThat(windows.path("%ProgramFiles%/Card/card.dll")).contains(folder.resolve("Card/card.dll"));
        // The slash stays: C:card.dll would be a file of the folder that the program happens to stand in.
        assertThat(windows.path("%SystemDrive%/card.dll")).contains(Path.of("C:/card.dll"));
        assertThat(windows.path("%Nothing%/card.dll")).isEmpty();
    }

    private String look(Path library) {
        return Machine.finder(Machine.real(folder), ModuleRules.STANDARD)
                .look(library)
                .problem();
    }

    private String safely(Path library) {
        return new ModuleFinder(Machine.real(folder), ModuleRules.STANDARD, LibrarySafety::fault, List::of)
                .look(library)
                .problem();
    }
}
