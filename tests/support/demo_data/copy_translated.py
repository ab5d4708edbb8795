"""Translated creatives: approach -> (headline, description), a handful in each account."""

TRANSLATED: dict[str, tuple[tuple[str, str], ...]] = {
    "testimonial": (
        ("«La mejor compra del año», dice Lucía", "«Lo uso cada semana y me encanta.» Opinión verificada."),
        ("「もっと早く買えばよかった」", "購入者の声:「キャンプのたびに使っています。星5つです。」"),
    ),
    "discount_code": (
        (
            "Ahorra un 20 % con el código SENDERO20",
            "Introduce el código al pagar y ahorra en todo el pedido.",
        ),
        ("Скидка 15% на первый заказ", "Введите промокод LES15 при оформлении и сэкономьте."),
    ),
    "how_to": (("Cómo preparar la mochila paso a paso", "Guía con consejos: lo pesado abajo, lo blando alrededor."),),
    "seasonal_gift": (("هدية لمن يحب الجبال", "اختر هدية لكل مغامر في عائلتك قبل موسم الأعياد."),),
    "unboxing": (
        (
            "Paket ist da, wir packen aus 📦",
            "schaut euch diese Box an, alles so süß verpackt, ich dreh durch",
        ),
        ("開封してみた、箱がかわいすぎる", "届いたばかりの箱を一緒に開けます。中身を全部見せるね"),
    ),
    "social_proof": (
        ("Über 1,2 Millionen verkauft", "4,8 von 5 Sternen, 32.000 Bewertungen, Nummer 1 in 11 Ländern."),
        ("Más de 800.000 personas ya lo usan", "Valorado con 4,8 sobre 5 por 32.000 personas."),
    ),
    "problem_question": (
        (
            "Trockene Haut nach jedem Duschen?",
            "Spannt, juckt, rötet sich? Finde heraus, was dahinter steckt.",
        ),
        ("Почему кожа краснеет?", "Сухость, зуд, покраснение: знакомо? Узнайте, в чём причина."),
    ),
    "comparison": (
        ("Luxuscreme oder Lumeo?", "Gleiche Wirkstoffe wie die teure Marke, ohne Parfum. Vergleich beide."),
    ),
}
