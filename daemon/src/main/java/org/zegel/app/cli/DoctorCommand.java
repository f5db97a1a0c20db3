package org.zegel.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zegel.model.KebabCase;
import org.zegel.protocol.JsonCodec;
import picocli.CommandLine;

/** {@code zegel doctor}. */
@CommandLine.Command(
        name = "doctor",
        description =
                "Checks this installation and says what to do where something is amiss. Exit status 1: something is.")
final class DoctorCommand extends Command {
    @Override
    int run() {
        List<DoctorCheck.Finding> findings = new DoctorCheck().all();
        boolean healthy = findings.stream().noneMatch(finding -> finding.state() == DoctorCheck.State.PROBLEM);
        if (print.json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("healthy", healthy);
            answer.put("checks", findings.stream().map(DoctorCommand::json).toList());
            StandardOutput.json(JsonCodec.toJson(answer));
        } else {
            findings.forEach(finding -> StandardOutput.line(mark(finding) + finding.about() + ": " + finding.words()));
        }
        return healthy ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO;
    }

    private static Map<String, Object> json(DoctorCheck.Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", finding.about());
        json.put("state", KebabCase.of(finding.state()));
        json.put("message", finding.words());
        return json;
    }

    private static String mark(DoctorCheck.Finding finding) {
        return switch (finding.state()) {
            case GOOD -> "  ok  ";
            case NOTE -> "      ";
            case PROBLEM -> "  !!  ";
        };
    }
}
