using System.Runtime.InteropServices;
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

    /// <summary>Of stretches in ascending order the number of the last that starts at or before <paramref name="position"/>; -1 if there is none.</summary>
    public static int LastAt(List<Segment> segments, int position) => Ascending.CountUpTo<Segment, ByStart>(CollectionsMarshal.AsSpan(segments), position) - 1;

    /// <summary>Of stretches in ascending order that do not overlap the number of the first that ends behind <paramref name="position"/>; their count if there is none.</summary>
    public static int FirstBehind(List<Segment> segments, int position)
    {
        int last = LastAt(segments, position);
        return last >= 0 && segments[last].End > position ? last : last + 1;
    }

    private readonly struct ByStart : IPlace<Segment>
    {
        public static int Of(in Segment item) => item.Start;
    }
}
