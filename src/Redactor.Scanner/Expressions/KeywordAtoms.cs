using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Expressions;

/// <summary>A rule's own keywords as atoms, for a pattern that requires nothing rare: they may stand anywhere in the match.</summary>
internal static class KeywordAtoms
{
    private static readonly Node Anything = new Node.Repeat(new Node.Bytes(ByteSet.All), 0, Node.Unbounded, Greedy: true);

    internal static IReadOnlyList<Placement>? Of(ScanRule rule)
    {
        if (rule.Keywords.Count == 0)
        {
            return null;
        }

        var placements = new List<Placement>();
        foreach (string keyword in rule.Keywords)
        {
            if (keyword.Length < 3 || !System.Text.Ascii.IsValid(keyword))
            {
                throw new ScanRuleException(rule.Id, "keywords", -1, $"the keyword '{keyword}' is too common to search for; a keyword has three ASCII characters or more");
            }

            ByteSet[] sets = [.. keyword.Take(Atom.MaxLength).Select(c => ByteSet.Of((byte)char.ToLowerInvariant(c)) | ByteSet.Of((byte)char.ToUpperInvariant(c)))];
            placements.Add(new Placement(new Atom(sets), 0, NodeLength.Unbounded, Anything, null));
        }

        return placements;
    }
}
