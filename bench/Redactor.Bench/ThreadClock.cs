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
    internal static double Best(Action action, int runs)
    {
        double begin = Seconds;
        do
        {
            action();
        }
        while (Seconds - begin < 1);
        double best = double.MaxValue;
        for (int i = 0; i < runs; i++)
        {
            double start = Seconds;
            action();
            best = Math.Min(best, Seconds - start);
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
