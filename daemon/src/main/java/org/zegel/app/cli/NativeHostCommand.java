package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zegel.app.registration.Browser;
import org.zegel.app.registration.BrowserCatalogue;
import org.zegel.app.registration.HostRegistration;
import org.zegel.model.Failure;
import org.zegel.protocol.JsonCodec;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zegel native-host --register} and {@code --unregister}; without them it is the relay, which needs no picocli. */
@CommandLine.Command(
        name = "native-host",
        description = {
            "Lets browsers start Zegel, per user, and takes that back.",
            "Without --register or --unregister it is what browsers start: frames on stdin and stdout."
        })
final class NativeHostCommand extends Command {
    @Option(names = "--register", description = "Write host manifests for these browsers; default: those found here.")
    boolean register;

    @Option(names = "--unregister", description = "Remove the host manifests; default: all of them.")
    boolean unregister;

    @Option(
            names = "--extension-id",
            paramLabel = "ID",
            description = "An extension that may start Zegel; default: Zegel's own. Repeatable.")
    List<String> extensions = new ArrayList<>();

    @Parameters(
            arity = "0..*",
            paramLabel = "BROWSER",
            description = "chromium, chrome, edge, brave, vivaldi, firefox," + " thunderbird.")
    List<String> names = new ArrayList<>();

    @Override
    int run() throws CommandError, Failure {
        if (register == unregister) {
            throw new CommandError(
                    "usage",
                    "Say either --register or --unregister. Without them only a browser can start this command.");
        }
        BrowserCatalogue catalogue = BrowserCatalogue.load();
        HostRegistration registration = HostSetup.registration(catalogue);
        List<Browser> browsers = chosen(catalogue);
        List<Map<String, Object>> report = new ArrayList<>();
        for (Browser browser : browsers) {
            Optional<Path> manifest = register
                    ? Optional.of(
                            registration.register(browser, HostSetup.wrapper(), extensionsFor(catalogue, browser)))
                    : registration.unregister(browser);
            manifest.ifPresent(path -> report.add(line(browser, path)));
        }
        tell(report);
        return ExitStatus.DONE;
    }

    private List<Browser> chosen(BrowserCatalogue catalogue) throws CommandError {
        if (names.isEmpty()) {
            return unregister ? catalogue.browsers() : HostSetup.installed(catalogue);
        }
        List<Browser> browsers = new ArrayList<>();
        for (String name : names) {
            browsers.add(catalogue
                    .find(name)
                    .orElseThrow(() -> new CommandError(
                            "usage",
                            "Zegel does not know a browser called " + name + ". It knows: "
                                    + String.join(
                                            ", ",
                                            catalogue.browsers().stream()
                                                    .map(Browser::name)
                                                    .toList())
                                    + ".")));
        }
        return browsers;
    }

    private List<String> extensionsFor(BrowserCatalogue catalogue, Browser browser) throws CommandError {
        for (String id : extensions) {
            boolean known =
                    catalogue.browsers().stream().anyMatch(each -> each.family().accepts(id));
            if (!known) {
                throw new CommandError(
                        "usage",
                        id + " is not the id of an extension: Chromium's are 32 letters from a to p, Firefox's and"
                                + " Thunderbird's contain an @ or are in braces.");
            }
        }
        return extensions.isEmpty() ? catalogue.defaultExtensions(browser.family()) : extensions;
    }

    private static Map<String, Object> line(Browser browser, Path manifest) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("browser", browser.name());
        line.put("manifest", manifest.toString());
        return line;
    }

    private void tell(List<Map<String, Object>> report) {
        if (print.json) {
            StandardOutput.json(JsonCodec.toJson(Map.of(register ? "registered" : "unregistered", report)));
        } else if (report.isEmpty()) {
            words.line(
                    register
                            ? "No browser was found here. Name one: zegel native-host --register firefox"
                            : "Nothing was registered.");
        } else {
            report.forEach(line -> StandardOutput.line(
                    (register ? "registered " : "unregistered ") + line.get("browser") + ": " + line.get("manifest")));
        }
    }
}
