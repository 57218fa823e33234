namespace Redactor.Scanning.Judging;

/// <summary>The proofs that a rule can ask for by name (<c>check: card</c>): each looks at what would be masked and says whether it can be real.</summary>
public static class Checks
{
    private static readonly Dictionary<string, Check> ByName = new(StringComparer.Ordinal)
    {
        ["card"] = PaymentCard.IsValid,
        ["credential"] = Secret.IsCredential,
        ["iban"] = Iban.IsValid,
        ["jwt"] = JsonWebToken.IsValid,
        ["luhn"] = Luhn.IsValid,
        ["mixed"] = Secret.IsMixed,
        ["password"] = Secret.IsPassword,
        ["password-in-text"] = Secret.IsPasswordInText,
        ["strong-token"] = Secret.IsStrongToken,
        ["telegram"] = Secret.IsTelegramBotToken,
        ["token"] = Secret.IsToken,
        ["url-password"] = Secret.IsUrlPassword,
        ["user-and-password"] = Secret.IsUserAndPassword,
    };

    /// <summary>The names in ascending order.</summary>
    public static IReadOnlyList<string> Names => [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Finds a proof by name; null if there is none of that name.</summary>
    public static Check? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>A proof: whether <paramref name="value"/>, what would be masked, can be what the rule is after. Allocates nothing, throws nothing.</summary>
public delegate bool Check(ReadOnlySpan<byte> value);
