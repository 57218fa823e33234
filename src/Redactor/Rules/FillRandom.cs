namespace Redactor.Rules;

/// <summary>Fixed pseudo-random numbers: a SplitMix64 sequence that starts from the template's own text.</summary>
internal sealed class FillRandom
{
    private ulong state = 0xcbf29ce484222325;

    public FillRandom(string template)
    {
        foreach (char c in template)
        {
            state = (state ^ c) * 0x100000001b3;
        }
    }

    /// <summary>A string of <paramref name="length"/> characters of <paramref name="alphabet"/>.</summary>
    public string Text(string alphabet, int length) =>
        string.Create(length, alphabet, (span, letters) =>
        {
            foreach (ref char c in span)
            {
                c = letters[(int)(Next() % (uint)letters.Length)];
            }
        });

    private ulong Next()
    {
        state += 0x9e3779b97f4a7c15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
