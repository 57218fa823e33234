namespace Redactor.Scanning.Judging;

/// <summary>Values that are code, names, paths, addresses or times: what stands behind <c>password =</c> in a program that reads the password elsewhere.</summary>
internal static class Expression
{
    /// <summary>Whether <paramref name="value"/>, of that <paramref name="shape"/>, is a call, a member access, a path, a URL or a time: none is of letters and digits alone.</summary>
    public static bool Is(ReadOnlySpan<byte> value, in TextShape shape) =>
        shape.Others > 0 && value.IndexOfAny(Signs) >= 0 && (IsCall(value) || IsMemberAccess(value) || IsQualifiedName(value, shape) || IsPath(value, shape) || IsTime(value));

    /// <summary>A name, then an opening bracket: <c>getToken(</c>, <c>os.environ[</c>, <c>base64.b64decode(</c>.</summary>
    private static bool IsCall(ReadOnlySpan<byte> value)
    {
        value = value.TrimStart((byte)'(');
        int bracket = value.IndexOfAny((byte)'(', (byte)'[');
        return bracket > 0 && value[..bracket].IndexOfAnyExcept(NameBytes) < 0 && TextShape.Of(value[..bracket]).Digits <= (value[..bracket].Contains((byte)'.') ? 2 : 0);
    }

    /// <summary>Words joined by dots, arrows or colons, each of letters with few digits: <c>process.env.PASSWORD</c>, <c>user->password</c>.</summary>
    private static bool IsMemberAccess(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny((byte)'.', (byte)'>', (byte)':') <= 0 || value.IndexOfAnyExcept(MemberBytes) >= 0)
        {
            return false;
        }

        int from = 0;
        for (int i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || value[i] is (byte)'.' or (byte)'>' or (byte)':')
            {
                ReadOnlySpan<byte> word = value[from..i].TrimEnd((byte)'-');
                TextShape shape = TextShape.Of(word);
                if (shape.Digits > 1 || shape.Length > 32 || (shape.CaseChanges > 3 && shape.Others == 0))
                {
                    return false;
                }

                from = i + 1;
            }
        }

        return true;
    }

    /// <summary>A name with at least two packages before it, few digits, whatever follows it: <c>android.os.BinderProxy@2bd79ce</c>.</summary>
    private static bool IsQualifiedName(ReadOnlySpan<byte> value, in TextShape shape)
    {
        int first = value.IndexOf((byte)'.');
        int second = first < 0 ? -1 : value[(first + 1)..].IndexOf((byte)'.');
        return second > 0 && value[..(first + 1 + second)].IndexOfAnyExcept(PackageBytes) < 0 && shape.Digits <= 6;
    }

    /// <summary>A file path, a URL without credentials, an ARN.</summary>
    private static bool IsPath(ReadOnlySpan<byte> value, in TextShape shape)
    {
        if (value.IndexOf("://"u8) > 0 || value.StartsWith("arn:"u8) || value.StartsWith("./"u8) || value.StartsWith("~/"u8) || value.StartsWith("../"u8))
        {
            return true;
        }

        if (value.IndexOfAny((byte)'/', (byte)'\\') < 0)
        {
            return false;
        }

        bool rooted = value[0] == '/' || (value.Length > 2 && value[1] == ':' && value[2] is (byte)'\\' or (byte)'/');
        return rooted && shape.Digits * 4 < shape.Length;
    }

    /// <summary>A date and a time as logs write them (RFC 3339), and nothing else: <c>2026-11-05T10:24:46.027Z</c>.</summary>
    private static bool IsTime(ReadOnlySpan<byte> value) =>
        value.Length >= 16 && value[4] == '-' && value[7] == '-' && value[10] is (byte)'T' or (byte)'t' or (byte)' ' && value[13] == ':'
        && value[..4].IndexOfAnyExcept(TimeBytes) < 0 && value[5..10].IndexOfAnyExcept(TimeBytes) < 0 && value[11..].TrimEnd("Zz"u8).IndexOfAnyExcept(TimeBytes) < 0;

    /// <summary>A name as programs have them: letters with single separators, no more than two digits, few changes of case.</summary>
    public static bool IsName(ReadOnlySpan<byte> value) =>
        value.IndexOfAnyExcept(NameBytes) < 0 && TextShape.Of(value) is { Digits: 0, CaseChanges: < 4 } or { Digits: <= 2, CaseChanges: < 4, Others: > 0 };

    /// <summary>Lower-case words joined by hyphens, no digits.</summary>
    public static bool IsHyphenatedName(ReadOnlySpan<byte> value) =>
        value.Contains((byte)'-') && value.IndexOfAnyExcept(HyphenatedBytes) < 0;

    /// <summary>One of these is in every expression.</summary>
    private static readonly System.Buffers.SearchValues<byte> Signs = System.Buffers.SearchValues.Create("([.>:/\\"u8);

    private static readonly System.Buffers.SearchValues<byte> NameBytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"u8);

    private static readonly System.Buffers.SearchValues<byte> TimeBytes = System.Buffers.SearchValues.Create("0123456789-:.,+"u8);

    private static readonly System.Buffers.SearchValues<byte> MemberBytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.->:"u8);

    private static readonly System.Buffers.SearchValues<byte> PackageBytes = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz_."u8);

    private static readonly System.Buffers.SearchValues<byte> HyphenatedBytes = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz-"u8);
}
