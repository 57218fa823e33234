namespace Redactor.Scanning.Judging;

/// <summary>
/// Whether the value behind a key-like name can be the secret itself. The stronger the name, the less the value has to prove:
/// anything that is not a placeholder or code after <c>password=</c> inside quotes, a random-looking token after a mere <c>key</c>.
/// </summary>
internal static class Secret
{
    /// <summary>A password inside quotes, in an environment dump or in a connection string: anything but a placeholder, code, a path or a name in kebab-case.</summary>
    public static bool IsPassword(ReadOnlySpan<byte> value) => value.Length >= 4 && IsPassword(value, TextShape.Of(value));

    /// <summary>A password in running text, without quotes: as <see cref="IsPassword(ReadOnlySpan{byte})"/>, and it can't be a plain word or the prompt for one.</summary>
    public static bool IsPasswordInText(ReadOnlySpan<byte> value)
    {
        TextShape shape = TextShape.Of(value);
        return value.Length >= 4 && (shape.Digits > 0 ? shape.Letters + shape.Others > 0 || shape.Length >= 6 : shape.CaseChanges > 1 || shape.Others > 1)
            && IsPassword(value, shape) && !Expression.IsName(value) && !value.TrimEnd((byte)' ').EndsWith(":"u8);
    }

    /// <summary>The password of a URL: anything but a template or a mask.</summary>
    public static bool IsUrlPassword(ReadOnlySpan<byte> value) =>
        !Placeholder.IsTemplate(value) && value[0] is not ((byte)'$' or (byte)'{' or (byte)'<' or (byte)'%') && TextShape.Of(value) is { Letters: > 0 } or { Digits: > 0 };

    /// <summary>What a header names as a credential: anything but a placeholder.</summary>
    public static bool IsCredential(ReadOnlySpan<byte> value) => value.Length >= 6 && !Placeholder.Is(value);

    /// <summary>A user name and a password with a colon between: neither is a placeholder, and the password isn't the user name again.</summary>
    public static bool IsUserAndPassword(ReadOnlySpan<byte> value)
    {
        int colon = value.IndexOf((byte)':');
        if (colon < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> user = value[..colon], password = value[(colon + 1)..];
        return !Placeholder.IsTemplate(value) && !user.SequenceEqual(password) && !password.StartsWith("$"u8) && !Placeholder.Is(password);
    }

    /// <summary>A token or key behind a name that says so: eight characters or more with letters and digits mixed, or a long run without words.</summary>
    public static bool IsToken(ReadOnlySpan<byte> value)
    {
        if (value.Length < 8)
        {
            return false;
        }

        TextShape shape = TextShape.Of(value);
        return (IsRandom(shape, minDigits: 1) || (shape.Others > 2 && shape.Digits > 0 && shape.Letters > 0 && !Expression.IsName(value))) && IsNoText(value, shape);
    }

    /// <summary>A key by its looks alone: sixteen characters or more, several changes between letters and digits, no name or path.</summary>
    public static bool IsStrongToken(ReadOnlySpan<byte> value)
    {
        if (value.Length < 16)
        {
            return false;
        }

        TextShape shape = TextShape.Of(value);
        return shape.Letters > 1 && (IsRandom(shape, minDigits: 3) || shape is { Lower: 0, Others: 0, Length: >= 24 } or { Lower: 0, Others: 0, Digits: > 1 } || IsGrouped(value))
            && IsNoText(value, shape);
    }

    /// <summary>A key that only a word beside it gives away: as <see cref="IsStrongToken"/>, and none of the ids that telemetry is full of.</summary>
    public static bool IsStrongTokenInText(ReadOnlySpan<byte> value) => !Identifier.Is(value) && IsStrongToken(value);

    /// <summary>A key right behind the name of the service that issues such keys: ten characters or more, letters and digits.</summary>
    public static bool IsServiceKey(ReadOnlySpan<byte> value) =>
        IsStrongToken(value) || (value.Length >= 10 && !Placeholder.Is(value) && TextShape.Of(value) is { Digits: > 2, Letters: > 2, Others: 0 });

    private static bool IsPassword(ReadOnlySpan<byte> value, in TextShape shape) => IsNoText(value, shape) && !Expression.IsHyphenatedName(value);

    /// <summary>Neither a word or mask in a secret's place nor code: asked last, for what a value is made of is known by a look at its shape.</summary>
    private static bool IsNoText(ReadOnlySpan<byte> value, in TextShape shape) => !Placeholder.Is(value, shape) && !Expression.Is(value, shape);

    /// <summary>Four groups or more of equal length with hyphens between, as license keys are written (<c>ABCDEFG-HIJKLMN-OPQRSTU-VWXYZAB</c>).</summary>
    private static bool IsGrouped(ReadOnlySpan<byte> value)
    {
        int groups = 0, size = 0;
        foreach (Range range in value.Split((byte)'-'))
        {
            int length = value[range].Length;
            if (++groups > 2 && length != size)
            {
                return false;
            }

            size = length;
        }

        return groups > 3 && size is >= 4 and <= 8;
    }

    /// <summary>A token that its prefix gives away: at least two kinds of characters among lower case, upper case and digits, mixed.</summary>
    public static bool IsMixed(ReadOnlySpan<byte> value)
    {
        TextShape shape = TextShape.Of(value);
        int kinds = (shape.Lower > 1 ? 1 : 0) + (shape.Upper > 1 ? 1 : 0) + (shape.Digits > 1 ? 1 : 0);
        return kinds > 1 && shape.CaseChanges + shape.DigitChanges > 2 && !Placeholder.IsFiller(shape);
    }

    /// <summary>A Telegram bot's number and its token: the part behind the colon is random.</summary>
    public static bool IsTelegramBotToken(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> token = value[(value.IndexOf((byte)':') + 1)..];
        return IsMixed(token) && TextShape.Of(token) is { Upper: > 0, Lower: > 0 };
    }

    private static bool IsRandom(in TextShape shape, int minDigits) =>
        (shape.Digits >= minDigits && shape.Letters >= 1 && shape.DigitChanges >= 2 && shape.Distinct >= 5 && shape.LongestWord < 12 + shape.Length / 4)
        || (shape.Digits >= minDigits && shape.Letters >= 1 && shape.Others <= 1 && shape.DigitChanges >= 1 && shape.Length >= 10)
        || (shape.Length >= 20 && shape.Others == 0 && (HasRandomCase(shape) || (shape.CaseChanges == 0 && shape.Length >= 24)));

    /// <summary>
    /// In random letters a capital follows a small one at every fourth place, seldom at less than three in sixteen; in
    /// <c>getResponseDataFromContentType</c> only at each word's start, at every sixth.
    /// </summary>
    private static bool HasRandomCase(in TextShape shape) => shape.CaseChanges >= 4 && (shape.Digits > 0 || shape.CaseChanges * 16 >= shape.Length * 3);
}
