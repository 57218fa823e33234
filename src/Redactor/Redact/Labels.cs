using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>The labels that stand in a payload already, from an earlier hop (<see cref="MaskText"/>).</summary>
internal static class Labels
{
    /// <summary>The id in the label of a unit that cost too many steps to scan.</summary>
    public const string OverBudgetId = "over-budget";

    /// <summary>The id in the label of a content of a conversation that the configuration hides.</summary>
    public const string HiddenId = "hidden";

    /// <summary>The id in the label of the end of a stream, which may be half a secret.</summary>
    public const string OpenId = "cut";

    /// <summary>The greatest number in the suffix of any label in <paramref name="text"/>; a label without one counts as 1; 0 if there is no label.</summary>
    public static int MaxOrdinal(ReadOnlySpan<byte> text)
    {
        int max = 0;
        for (int from = 0; MaskText.TryFind(text, from, out _, out int end, out int ordinal); from = end)
        {
            max = Math.Max(max, ordinal);
        }

        return max;
    }
}
