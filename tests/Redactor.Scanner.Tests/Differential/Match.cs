namespace Redactor.Scanning.Tests.Differential;

/// <summary>A match from <paramref name="Start"/> to <paramref name="End"/>, and what would be masked of it: the first group that holds something, else all of it.</summary>
internal readonly record struct Match(int Start, int End, int ValueStart, int ValueEnd)
{
    public override string ToString() => ValueStart == Start && ValueEnd == End ? $"{Start}..{End}" : $"{Start}..{End}({ValueStart}..{ValueEnd})";
}
