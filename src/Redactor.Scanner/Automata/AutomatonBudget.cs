namespace Redactor.Scanning.Automata;

/// <summary>
/// The memory that the automata of one rule set may take together. Few of them ever grow: each may, as long as there is room for all; when there is none
/// left, one that holds more than its least share begins anew. Thread-safe.
/// </summary>
internal sealed class AutomatonBudget(long total, int least, int most)
{
    private long used;

    /// <summary>Counts bytes that a cache has taken, or given back.</summary>
    internal void Add(long bytes) => Interlocked.Add(ref used, bytes);

    /// <summary>Whether a cache of <paramref name="bytes"/> must begin anew.</summary>
    internal bool IsOver(int bytes) => bytes > most || (bytes > least && Volatile.Read(ref used) > total);
}
