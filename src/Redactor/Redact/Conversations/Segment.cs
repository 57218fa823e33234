using System.Text.Json;
using Redactor.Rules;

namespace Redactor.Redact.Conversations;

/// <summary>A stretch of a unit that one role says in one part of a conversation.</summary>
internal readonly record struct Segment(int Start, int End, ConversationRole Role, ConversationPart Part)
{
    private static readonly int PartCount = Enum.GetValues<ConversationPart>().Length;

    private static readonly string[] Places =
        [.. from role in Enum.GetValues<ConversationRole>() from part in Enum.GetValues<ConversationPart>() select $"conversation.{JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString())}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(part.ToString())}"];

    /// <summary>The place to count its findings under: <c>conversation.assistant.tool_call</c>.</summary>
    public string Place => Places[((int)Role * PartCount) + (int)Part];
}
