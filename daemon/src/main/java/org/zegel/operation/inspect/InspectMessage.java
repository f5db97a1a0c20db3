package org.zegel.operation.inspect;

import java.io.IOException;
import java.util.List;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Layer;
import org.zegel.operation.Call;
import org.zegel.smime.open.MessageInspector;

/** Shows the layers of a message without using any key. */
public final class InspectMessage {
    public List<Layer> run(Content message, Call call) throws Failure, IOException {
        return MessageInspector.inspect(message, call.workspace());
    }
}
