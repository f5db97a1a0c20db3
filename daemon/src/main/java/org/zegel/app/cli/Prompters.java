package org.zegel.app.cli;

import java.io.Console;
import org.zegel.consent.Answer;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** How the command line's own process asks. */
final class Prompters {
    private Prompters() {}

    static Prompter forThisProcess() {
        return new Prompter() {
            @Override
            public boolean available(Question question) {
                return false;
            }

            @Override
            public Answer ask(Question question) throws Failure {
                throw new Failure(Failure.Kind.NO_PROMPT, "There is no terminal to ask on.");
            }

            @Override
            public Secret askSecret(SecretQuestion question) throws Failure {
                Console console = System.console();
                char[] typed =
                        console == null ? null : console.readPassword("Passphrase of %s: ", question.storeName());
                if (typed == null) {
                    throw new Failure(
                            Failure.Kind.NO_PROMPT,
                            "A passphrase is needed, but there is no terminal to ask on. Use --passphrase-file.");
                }
                return Secret.takeOver(typed);
            }
        };
    }
}
