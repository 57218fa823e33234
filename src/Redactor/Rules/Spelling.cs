namespace Redactor.Rules;

/// <summary>Finds the name that someone meant.</summary>
internal static class Spelling
{
    /// <summary><c>; did you mean "keywords"?</c> if one of <paramref name="known"/> is close to <paramref name="name"/>, else a list of them all.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> known) =>
        SuggestNearest(name, known) is { Length: > 0 } suggestion ? suggestion : $"; there are {string.Join(", ", known)}";

    /// <summary>As <see cref="Suggest"/>, for names too many to list: empty if none is close.</summary>
    public static string SuggestNearest(string name, IReadOnlyCollection<string> known)
    {
        string? nearest = known.MinBy(k => Distance(name, k));
        return nearest is not null && Distance(name, nearest) <= Math.Max(1, (name.Length + 1) / 3) ? $"; did you mean \"{nearest}\"?" : "";
    }

    /// <summary>Levenshtein distance, with case and the choice between <c>-</c> and <c>_</c> for free.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int replaced = diagonal + (Folded(a[i]) == Folded(b[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[b.Length];
    }

    private static char Folded(char c) => c == '-' ? '_' : char.ToLowerInvariant(c);
}
