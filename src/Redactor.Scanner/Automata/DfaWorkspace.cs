namespace Redactor.Scanning.Automata;

/// <summary>
/// What building a state needs for the moment, shared by all automata that a thread builds: large programs are many and are built rarely. An item is an instruction
/// and, for a character beyond ASCII, how far inside it: <c>pc &lt;&lt; 3 | state</c>.
/// </summary>
internal sealed class DfaWorkspace
{
    [ThreadStatic]
    private static DfaWorkspace? ofThread;

    private int[] seen = [];
    private int stamp;

    private DfaWorkspace()
    {
    }

    /// <summary>The calling thread's.</summary>
    internal static DfaWorkspace OfThread => ofThread ??= new DfaWorkspace();

    /// <summary>Items that take a byte, in order of preference.</summary>
    internal List<int> Consuming { get; } = [];

    /// <summary>Items behind that byte.</summary>
    internal List<int> After { get; } = [];

    /// <summary>Items still to be looked at.</summary>
    internal Stack<int> Pending { get; } = [];

    /// <summary>Forgets which items of <paramref name="program"/> were seen.</summary>
    internal void Forget(Program program)
    {
        if (seen.Length < program.Code.Length << 3)
        {
            seen = new int[program.Code.Length << 3];
            stamp = 0;
        }

        stamp++;
    }

    /// <summary>Whether an item is seen for the first time.</summary>
    internal bool IsNew(int item)
    {
        bool first = seen[item] != stamp;
        seen[item] = stamp;
        return first;
    }
}
