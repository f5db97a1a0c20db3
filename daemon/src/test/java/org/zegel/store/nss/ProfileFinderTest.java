package org.zegel.store.nss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFinderTest {
    @TempDir
    Path home;

    private List<Profile> found() {
        return new ProfileFinder(ProfilePlaces.linux(home)).find();
    }

    private Path profile(String folder) throws IOException {
        Path made = Files.createDirectories(home.resolve(folder));
        Files.writeString(made.resolve("cert9.db"), "SQLite format 3\0 and more");
        return made;
    }

    private void list(String folder, String text) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve(folder)).resolve("profiles.ini"), text);
    }

    @Test
    void findsNothingInAnEmptyHome() {
        assertThat(found()).isEmpty();
    }

    @Test
    void findsProfilesOfEachProgram() throws IOException {
        profile(".thunderbird/abc.default-release");
        list(".thunderbird", "[Profile0]\nName=default-release\nIsRelative=1\nPath=abc.default-release\n");
        profile("snap/firefox/common/.mozilla/firefox/Profiles/x");
        list("snap/firefox/common/.mozilla/firefox", "[Profile1]\r\nName=Work\r\nIsRelative=1\r\nPath=Profiles/x\r\n");
        profile(".var/app/org.mozilla.Thunderbird/.thunderbird/y");
        list(".var/app/org.mozilla.Thunderbird/.thunderbird", "[Profile0]\nName=y\nPath=y\n");
        profile(".pki/nssdb");

        assertThat(found())
                .extracting(Profile::title)
                .containsExactly(
                        "Thunderbird (default-release)", "Thunderbird (y)", "Firefox (Work)", "Chromium and Chrome");
        assertThat(found()).allSatisfy(profile -> assertThat(profile.problem()).isNull());
    }

    @Test
    void findsProfilesThatOnlyInstallsNames() throws IOException {
        profile(".mozilla/firefox/z.default");
        Files.writeString(home.resolve(".mozilla/firefox/installs.ini"), "[308046B0AF4A39CB]\nDefault=z.default\n");

        assertThat(found()).extracting(Profile::title).containsExactly("Firefox (z.default)");
    }

    @Test
    void findsAProfileElsewhereAndOnlyOnce() throws IOException {
        Path elsewhere = profile("mail/own");
        list(
                ".thunderbird",
                "[Profile0]\nName=one\nIsRelative=0\nPath=" + elsewhere
                        + "\n[Profile1]\nName=two\nIsRelative=1\nPath=../mail/own\n");

        assertThat(found()).extracting(Profile::title).containsExactly("Thunderbird (one)");
    }

    @Test
    void readsABrokenListAsFarAsItGoes() throws IOException {
        profile(".thunderbird/good");
        list(
                ".thunderbird",
                "\uFEFF=\n[\n]\nPath=../..\n[Profile0\nName\n[Profile1]\nPath=\n[Profile2]\nIsRelative=0\nPath=good\n"
                        + "[Profile3]\nPath=missing\n[Profile4]\nPath=a\0b\n[Profile5]\nName=ok\nPath=good\n");

        assertThat(found()).extracting(Profile::title).containsExactly("Thunderbird (ok)");
    }

    @Test
    void readsNoMoreOfAListThanTheLimit() throws IOException {
        profile(".thunderbird/late");
        String entry = "\n[Profile1]\nPath=late";
        String atLimit = "#".repeat(ProfilesIni.LONGEST - entry.length()) + entry;
        list(".thunderbird", atLimit);
        assertThat(found()).hasSize(1);

        list(".thunderbird", "#" + atLimit);
        assertThat(found()).as("its path is cut off").isEmpty();
    }

    @Test
    void takesNoMoreProfilesThanTheLimit() throws IOException {
        StringBuilder ini = new StringBuilder();
        for (int each = 0; each <= ProfileFinder.MOST_PROFILES; each++) {
            profile(".thunderbird/p" + each);
            ini.append("[Profile" + each + "]\nPath=p" + each + "\n");
            list(".thunderbird", ini.toString());
            if (each == ProfileFinder.MOST_PROFILES - 1) {
                assertThat(found()).hasSize(ProfileFinder.MOST_PROFILES);
            }
        }
        assertThat(found()).hasSize(ProfileFinder.MOST_PROFILES);
    }

    @Test
    void saysWhatToDoWithAnOldProfile() throws IOException {
        Files.createDirectories(home.resolve(".thunderbird/old"));
        Files.writeString(home.resolve(".thunderbird/old/cert8.db"), "dbm");
        list(".thunderbird", "[Profile0]\nPath=old\n");

        assertThat(found().getFirst().problem()).contains("old format", "Start Thunderbird");
    }

    @Test
    void openNeitherLinksNorRubbishAsDatabases() throws IOException {
        Path database = profile("elsewhere").resolve("cert9.db");
        Files.createDirectories(home.resolve(".pki/nssdb"));
        Files.createSymbolicLink(home.resolve(".pki/nssdb/cert9.db"), database);
        profile(".local/share/pki/nssdb");
        Files.writeString(home.resolve(".local/share/pki/nssdb/key4.db"), "no database");

        assertThat(found())
                .hasSize(2)
                .allSatisfy(profile -> assertThat(profile.problem()).contains("damaged"));
    }

    @Test
    void leavesAloneWhatALinkLeadsToAndIsSomebodyElses() throws IOException {
        Path others = profile("others");
        try {
            Files.setOwner(
                    others, home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException notRoot) {
            assumeThat(false).as("only root can give files away").isTrue();
        }
        Files.createDirectories(home.resolve(".pki"));
        Files.createSymbolicLink(home.resolve(".pki/nssdb"), others);

        assertThat(found()).isEmpty();
    }

    @Test
    void namesCannotPretend() throws IOException {
        profile(".thunderbird/a");
        list(".thunderbird", "[Profile0]\nName=\u202E" + "x".repeat(100) + "\nPath=a\n");

        assertThat(found().getFirst().name())
                .startsWith("\uFFFDx")
                .endsWith("…")
                .hasSize(41);
    }

    @Test
    void theIdIsStableAndCarriesNoPath() throws IOException {
        profile(".pki/nssdb");

        String id = found().getFirst().id().value();
        assertThat(id).isEqualTo(found().getFirst().id().value()).matches("nss-[0-9a-f]{16}");
        assertThat(id.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(32);
    }
}
