namespace Redactor.Redact.Views;

/// <summary>The members of JSON: their values are secret where a rule names them. Reading them costs as much as reading JSON, so that it is asked first whether any name may be one.</summary>
internal sealed partial class UnitReader
{
    private Verdict ReadMembers(ReadOnlySpan<byte> text, ViewLevel level, bool named, bool isWhole)
    {
        if (!ReadsMembers)
        {
            return Verdict.Clean;
        }

        bool isJson = isWhole && (named || level.Ranges.Count > 0) && JsonTokens.LooksLikeJson(text);
        if (!named && !isJson)
        {
            return Verdict.Clean;
        }

        judge.Segments = level.Segments;
        return members.Read(text, level.Ranges, isJson, named, place);
    }
}
