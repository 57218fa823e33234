using Redactor.Rules;

namespace Redactor.Redact.Conversations;

/// <summary>Where the conventions for telemetry of models put what is said: names of attributes, of events and of log records, with the role and part that go without saying.</summary>
internal static class ConversationKeys
{
    // OpenTelemetry GenAI, current and older; OpenInference; Langfuse; Traceloop; MLflow; Vercel AI SDK; LangSmith. A prefix ends with its name, or before a dot.
    private static readonly (byte[] Prefix, ConversationRole Role, ConversationPart Part)[] Prefixes =
    [
        ("gen_ai.system_instructions"u8.ToArray(), ConversationRole.System, ConversationPart.Text),
        ("gen_ai.tool.definitions"u8.ToArray(), ConversationRole.System, ConversationPart.Text),
        ("gen_ai.tool.call.arguments"u8.ToArray(), ConversationRole.Assistant, ConversationPart.ToolCall),
        ("gen_ai.tool.call.result"u8.ToArray(), ConversationRole.Tool, ConversationPart.ToolCallResponse),
        ("gen_ai.input.messages"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("gen_ai.output.messages"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("gen_ai.prompt"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("gen_ai.completion"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("gen_ai.system.message"u8.ToArray(), ConversationRole.System, ConversationPart.Text),
        ("gen_ai.user.message"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("gen_ai.assistant.message"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("gen_ai.tool.message"u8.ToArray(), ConversationRole.Tool, ConversationPart.ToolCallResponse),
        ("gen_ai.choice"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("gen_ai.content"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("gen_ai.content.completion"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("input.value"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("output.value"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("llm.input_messages"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("llm.output_messages"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("llm.tools"u8.ToArray(), ConversationRole.System, ConversationPart.Text),
        ("llm.invocation_parameters"u8.ToArray(), ConversationRole.System, ConversationPart.Text),
        ("llm.prompt_template"u8.ToArray(), ConversationRole.System, ConversationPart.Text),
        ("embedding.embeddings"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("retrieval.documents"u8.ToArray(), ConversationRole.Tool, ConversationPart.ToolCallResponse),
        ("llm.prompts"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("llm.completions"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("langfuse.trace.input"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("langfuse.trace.output"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("langfuse.observation.input"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("langfuse.observation.output"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("traceloop.entity.input"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("traceloop.entity.output"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("mlflow.spanInputs"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("mlflow.spanOutputs"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("ai.prompt"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("ai.prompt.tools"u8.ToArray(), ConversationRole.System, ConversationPart.Text),
        ("ai.value"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("ai.values"u8.ToArray(), ConversationRole.User, ConversationPart.Text),
        ("ai.response"u8.ToArray(), ConversationRole.Assistant, ConversationPart.Text),
        ("ai.toolCall.args"u8.ToArray(), ConversationRole.Assistant, ConversationPart.ToolCall),
        ("ai.toolCall.result"u8.ToArray(), ConversationRole.Tool, ConversationPart.ToolCallResponse),
    ];

    /// <summary>Whether a name is one of a content of a conversation, and whose and what it is if the content itself does not say.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out ConversationRole role, out ConversationPart part)
    {
        (role, part) = (default, default);
        int longest = 0;
        foreach ((byte[] prefix, ConversationRole itsRole, ConversationPart itsPart) in Prefixes)
        {
            if (prefix.Length > longest && name.StartsWith(prefix) && (name.Length == prefix.Length || name[prefix.Length] == '.'))
            {
                (longest, role, part) = (prefix.Length, itsRole, itsPart);
            }
        }

        ReadOnlySpan<byte> rest = name[longest..];
        if (longest == 0 || rest.EndsWith(".role"u8) || rest.EndsWith(".timestamp"u8) || rest.EndsWith(".finish_reason"u8) || rest.EndsWith(".finishReason"u8) || rest.EndsWith(".id"u8) || rest.EndsWith(".model"u8))
        {
            return false;
        }

        part = rest.IndexOf("tool_call"u8) >= 0 || rest.EndsWith(".toolCalls"u8) || rest.IndexOf("function_call"u8) >= 0 ? ConversationPart.ToolCall : part;
        return true;
    }
}
