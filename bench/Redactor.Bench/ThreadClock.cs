using System.Runtime.InteropServices;

namespace Redactor.Bench;

/// <summary>CPU time of the calling thread, in seconds: on a busy machine the only clock that two runs agree on.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID

    internal static double Seconds
    {
        get
        {
            GetTime(ThreadCpuTime, out TimeSpec time);
            return time.Seconds + (time.Nanoseconds * 1e-9);
        }
    }

    /// <summary>The least time of <paramref name="runs"/> runs of <paramref name="action"/>, after as many to warm up as take a second.</summary>
    internal static double Best(Action action, int runs) => BestInTurns(runs, action)[0];

    /// <summary>The least time of each action, in turns: of two figures of which one is divided by the other, both must have met the same machine.</summary>
    internal static double[] BestInTurns(int runs, params ReadOnlySpan<Action> actions)
    {
        double[] best = new double[actions.Length];
        best.AsSpan().Fill(double.MaxValue);
        double begin = Seconds;
        do
        {
            foreach (Action action in actions)
            {
                action();
            }
        }
        while (Seconds - begin < actions.Length);
        for (int run = 0; run < runs; run++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                double start = Seconds;
                actions[i]();
                best[i] = Math.Min(best[i], Seconds - start);
            }
        }

        return best;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
