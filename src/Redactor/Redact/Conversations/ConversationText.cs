using Redactor.Redact.Views;
using Redactor.Rules;

namespace Redactor.Redact.Conversations;

/// <summary>
/// Who says what in one content of a conversation: text, or messages as JSON. In JSON the object around a value says its role and its kind, before or behind it, in the
/// words of any of the conventions; what says neither has those of the attribute.
/// </summary>
internal static class ConversationText
{
    private static readonly Dictionary<string, ConversationRole> Roles = new(Utf8Names.IgnoringCase)
    {
        ["system"] = ConversationRole.System,
        ["developer"] = ConversationRole.System,
        ["user"] = ConversationRole.User,
        ["human"] = ConversationRole.User,
        ["assistant"] = ConversationRole.Assistant,
        ["ai"] = ConversationRole.Assistant,
        ["model"] = ConversationRole.Assistant,
        ["tool"] = ConversationRole.Tool,
        ["function"] = ConversationRole.Tool,
    };

    private static readonly Dictionary<string, ConversationPart> Kinds = new(Utf8Names.IgnoringCase)
    {
        ["tool_call"] = ConversationPart.ToolCall,
        ["tool-call"] = ConversationPart.ToolCall,
        ["tool_use"] = ConversationPart.ToolCall,
        ["toolUse"] = ConversationPart.ToolCall,
        ["function_call"] = ConversationPart.ToolCall,
        ["functionCall"] = ConversationPart.ToolCall,
        ["tool_calls"] = ConversationPart.ToolCall,
        ["toolCalls"] = ConversationPart.ToolCall,
        ["arguments"] = ConversationPart.ToolCall,
        ["tool_call_response"] = ConversationPart.ToolCallResponse,
        ["tool-result"] = ConversationPart.ToolCallResponse,
        ["tool_result"] = ConversationPart.ToolCallResponse,
        ["toolResult"] = ConversationPart.ToolCallResponse,
        ["functionResponse"] = ConversationPart.ToolCallResponse,
        ["function_response"] = ConversationPart.ToolCallResponse,
        ["function_call_output"] = ConversationPart.ToolCallResponse,
    };

    /// <summary>Types of messages that are named by who speaks: those of LangChain.</summary>
    private static readonly Dictionary<string, ConversationRole> RolesByType = new(Utf8Names.Ordinal)
    {
        ["system"] = ConversationRole.System,
        ["human"] = ConversationRole.User,
        ["ai"] = ConversationRole.Assistant,
        ["tool"] = ConversationRole.Tool,
    };

    /// <summary>Members of a whole request to a model in which who set it up speaks.</summary>
    private static readonly HashSet<string> SystemMembers = new(Utf8Names.Ordinal) { "system", "instructions", "tools" };

    /// <summary>Members that say how a message is built, not what it says.</summary>
    private static readonly HashSet<string> Structure = new(Utf8Names.Ordinal)
    {
        "role", "type", "id", "name", "finish_reason", "finishReason", "index", "model", "tool_call_id", "toolCallId", "call_id", "mime_type", "modality", "toolName",
    };

    // The same tables, asked for bytes.
    private static readonly Dictionary<string, ConversationRole>.AlternateLookup<ReadOnlySpan<byte>> RolesInBytes = Roles.GetAlternateLookup<ReadOnlySpan<byte>>();
    private static readonly Dictionary<string, ConversationPart>.AlternateLookup<ReadOnlySpan<byte>> KindsInBytes = Kinds.GetAlternateLookup<ReadOnlySpan<byte>>();
    private static readonly Dictionary<string, ConversationRole>.AlternateLookup<ReadOnlySpan<byte>> TypesInBytes = RolesByType.GetAlternateLookup<ReadOnlySpan<byte>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> SystemInBytes = SystemMembers.GetAlternateLookup<ReadOnlySpan<byte>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> StructureInBytes = Structure.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The role of this name; null if none has it.</summary>
    public static ConversationRole? RoleNamed(ReadOnlySpan<byte> name) => RolesInBytes.TryGetValue(name, out ConversationRole role) ? role : null;

    /// <summary>The role that a message of this type has; null if it says none.</summary>
    public static ConversationRole? RoleOfType(ReadOnlySpan<byte> type) => TypesInBytes.TryGetValue(type, out ConversationRole role) ? role : null;

    /// <summary>What a part of this name or type is; null if that is not known.</summary>
    public static ConversationPart? PartNamed(ReadOnlySpan<byte> name) => KindsInBytes.TryGetValue(name, out ConversationPart part) ? part : null;

    /// <summary>Whether a member of this name says how a message is built, not what it says.</summary>
    public static bool IsStructure(ReadOnlySpan<byte> name) => StructureInBytes.Contains(name);

    /// <summary>Fills <paramref name="segments"/> with the contents of a text, ascending.</summary>
    public static void Read(ReadOnlySpan<byte> text, ConversationRole role, ConversationPart part, List<Segment> segments)
    {
        segments.Clear();
        if (!JsonTokens.LooksLikeJson(text))
        {
            segments.Add(new Segment(0, text.Length, role, part));
            return;
        }

        var open = new Stack<Message>();
        var current = new Message(0, null, null);
        var known = new List<(ConversationRole? Role, ConversationPart? Part)>();
        ReadOnlySpan<byte> name = default;
        var tokens = new JsonTokens(text);
        while (tokens.Read())
        {
            switch (tokens.Kind)
            {
                case JsonTokenKind.Open:
                    open.Push(current);
                    current = new Message(segments.Count, RoleOfMember(name, open.Count - 1), PartNamed(name));
                    name = default;
                    break;
                case JsonTokenKind.Close:
                    Resolve(known, current);
                    current = open.Count > 0 ? open.Pop() : current;
                    name = default;
                    break;
                case JsonTokenKind.Name:
                    name = text[tokens.Start..tokens.End];
                    break;
                default:
                    if (IsStructure(name))
                    {
                        current = Told(current, name, text[tokens.Start..tokens.End]);
                    }
                    else if (tokens.Kind == JsonTokenKind.String && tokens.End > tokens.Start)
                    {
                        segments.Add(new Segment(tokens.Start, tokens.End, role, part));
                        known.Add((RoleOfMember(name, open.Count), PartNamed(name)));
                    }

                    name = default;
                    break;
            }
        }

        Resolve(known, current);
        for (int i = 0; i < segments.Count; i++)
        {
            ConversationRole itsRole = known[i].Role ?? role;
            ConversationPart itsPart = known[i].Part ?? (itsRole == ConversationRole.Tool ? ConversationPart.ToolCallResponse : part);
            segments[i] = segments[i] with { Role = itsRole, Part = itsPart };
        }
    }

    /// <summary>Who speaks in a member; null if its name does not tell. Deeper in a text such names may be anybody's.</summary>
    private static ConversationRole? RoleOfMember(ReadOnlySpan<byte> name, int depth) => depth == 1 && SystemInBytes.Contains(name) ? ConversationRole.System : null;

    private static Message Told(Message message, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        name.SequenceEqual("role"u8) ? message with { Role = RoleNamed(value) ?? message.Role }
        : name.SequenceEqual("type"u8) ? message with { Part = PartNamed(value) ?? message.Part, Role = message.Role ?? RoleOfType(value) }
        : message;

    /// <summary>Gives what a closed object says of itself to the contents in it that say nothing nearer.</summary>
    private static void Resolve(List<(ConversationRole? Role, ConversationPart? Part)> known, Message message)
    {
        for (int i = message.First; (message.Role ?? (object?)message.Part) is not null && i < known.Count; i++)
        {
            known[i] = (known[i].Role ?? message.Role, known[i].Part ?? message.Part);
        }
    }

    /// <param name="First">Number of the first content in it.</param>
    /// <param name="Role">Whose it is, if it says so.</param>
    /// <param name="Part">What it is, if it says so.</param>
    private readonly record struct Message(int First, ConversationRole? Role, ConversationPart? Part);
}
