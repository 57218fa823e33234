using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>The members of JSON: their values are secret where a rule names them. Reading them costs as much as reading JSON, so that it is asked first whether any name may be one.</summary>
internal sealed partial class UnitReader
{
    private Verdict ReadMembers(ReadOnlySpan<byte> text, ViewLevel level, bool named, bool isWhole)
    {
        bool isJson = isWhole && (named || level.Ranges.Count > 0) && JsonTokens.LooksLikeJson(text);
        return named || isJson ? ReadJson(text, level, isJson) : Verdict.Clean;
    }

    private Verdict ReadJson(ReadOnlySpan<byte> text, ViewLevel level, bool isJson)
    {
        judge.Segments = level.Segments;
        return members.Read(text, level.Ranges, isJson, place);
    }

    /// <summary>Whether some candidate may lie in the name of a JSON member that a rule names: a quote and a colon follow.</summary>
    private bool NamesMember(in UnitTriggers triggers, ReadOnlySpan<byte> text)
    {
        if (triggers.Candidates.IsEmpty || !text.Contains((byte)'"'))
        {
            return false;
        }

        int done = 0;
        foreach (Candidate candidate in triggers.Candidates)
        {
            int position = candidate.Position - triggers.Offset, end = Math.Min(text.Length, position + ViewLimits.MaxNameRest);
            for (int quote, from = Math.Max(position, done); candidate.Atom >= 0 && from < end && (quote = text[from..end].IndexOf((byte)'"')) >= 0; from = done)
            {
                done = from + quote + 1;
                ReadOnlySpan<byte> behind = text[done..].TrimStart(" \t\r\n"u8);
                if (!behind.IsEmpty && behind[0] == ':' && MayBeNamed(text, done - 1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a rule may name the member whose name ends in the quote at <paramref name="end"/>; what has escapes is told apart when it is read as JSON.</summary>
    private bool MayBeNamed(ReadOnlySpan<byte> text, int end)
    {
        int start = text[..end].LastIndexOf((byte)'"') + 1;
        return text[Math.Max(0, start - 2)..end].Contains((byte)'\\') || scanner.MatchName(text[start..end]) >= 0;
    }
}
